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
createServer(lti.app).listen(port, '127.0.0.1')
