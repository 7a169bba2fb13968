// Stock ltijs on PostgreSQL as the READMEs of ltijs and ltijs-sequelize show it, "It's alive!" included. It listens by ltijs's
// documented serverless mode, because deploy({ port }) would listen on every address of the machine.
import { createServer } from 'node:http'
import ltijs from 'ltijs'
import Database from 'ltijs-sequelize'

// `routes` and `more` (other registrations) are asked for by the conformance table only.
const { databaseUrl, port, platform, routes = { appRoute: '/', loginRoute: '/login' }, more = [] } = JSON.parse(process.argv[2])
const { hostname, port: databasePort, username, password, pathname } = new URL(databaseUrl)
const { Provider: lti } = ltijs

const plugin = new Database(pathname.slice(1), decodeURIComponent(username), decodeURIComponent(password), {
  host: hostname,
  port: Number(databasePort),
  dialect: 'postgres',
  logging: false,
})
lti.setup('a key that signs cookies and tokens', { plugin }, { ...routes, cookies: { secure: false, sameSite: '' }, devMode: false })
lti.onConnect((_token, _request, response) => response.send("It's alive!"))
await lti.deploy({ serverless: true, silent: true })
for (const { origin, clientId, authUrl, tokenUrl, jwksUrl, active = true } of [platform, ...more]) {
  const registered = await lti.registerPlatform({
    url: origin,
    name: 'Bench',
    clientId,
    authenticationEndpoint: authUrl,
    accesstokenEndpoint: tokenUrl,
    authConfig: { method: 'JWK_SET', key: jwksUrl },
  })
  if (!active) await registered.platformActive(false)
}
// A score as the README's `Grade.submitScore` sends it, without the authenticated Express request in which it would stand there: that is
// in its favour. Who it is for stands in the path, because the bench has one learner's token for all.
async function submitted(request, response) {
  const { 2: userId, 3: score } = request.url.split('/')
  try {
    const [token, url] = [{ iss: platform.origin, clientId: platform.clientId, user: userId }, platform.lineItem]
    await lti.Grade.submitScore(token, url, {
      ...{ userId, scoreGiven: Number(score), scoreMaximum: 10 },
      ...{ activityProgress: 'Completed', gradingProgress: 'FullyGraded' },
    })
    response.writeHead(200).end()
  } catch (error) {
    response.writeHead(500).end(String(error?.message))
  }
}
createServer((request, response) =>
  request.url.startsWith('/score/') ? void submitted(request, response) : lti.app(request, response),
).listen(port, '127.0.0.1')
