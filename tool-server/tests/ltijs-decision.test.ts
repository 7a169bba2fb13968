// Decision 0001 in numbers of cases: what stock ltijs lets in and we refuse, what it refuses and LTI allows, and what we use it for.
// When a test of the first part fails after a new ltijs, the library has got better: look at docs/decisions/0001-ltijs.md again.
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CookieJar, claim } from '../../fixtures/lms-simulator/index.ts'
import { callTool, freePort, launchDataIn, startSchool, type TestSchool } from './_app.ts'

type Claims = Record<string, unknown>
type Row = Record<string, unknown>

let school: TestSchool
let itemId: string
let stock: Awaited<ReturnType<typeof startStock>>

beforeAll(async () => {
  school = await startSchool({ worker: false, env: { LOG_LEVEL: 'error' } })
  const item = school.lms.addItem({ course: '2', title: 'Quiz', lineItem: { scoreMaximum: 10, label: 'Quiz' } })
  itemId = item.id
  stock = await startStock(school)
})
afterAll(async () => {
  await stock?.stop()
  await school?.stop()
})

/** Rows in memory behind the seven methods that ltijs asks of a plugin; nothing is encrypted, nothing is unique. */
function memoryPlugin() {
  const rows = new Map<string, Row[]>()
  const of = (collection: string): Row[] => rows.get(collection) ?? []
  const fits = (row: Row, wanted: Row): boolean => Object.entries(wanted).every(([name, value]) => row[name] === value)
  const insert = (collection: string, item: Row, index: Row = {}): boolean => {
    rows.set(collection, [...of(collection), { ...item, ...index }])
    return true
  }
  const remove = (collection: string, wanted: Row): boolean => {
    rows.set(
      collection,
      of(collection).filter((row) => !fits(row, wanted)),
    )
    return true
  }
  return {
    setup: async () => true,
    Close: async () => true,
    Get: async (_key: unknown, collection: string, wanted: Row = {}) => {
      const found = of(collection).filter((row) => fits(row, wanted))
      return found.length > 0 && found
    },
    Insert: async (_key: unknown, collection: string, item: Row, index?: Row) => insert(collection, item, index),
    Replace: async (_key: unknown, collection: string, wanted: Row, item: Row, index?: Row) =>
      remove(collection, wanted) && insert(collection, item, index),
    Modify: async (_key: unknown, collection: string, wanted: Row, change: Row) => {
      for (const row of of(collection)) if (fits(row, wanted)) Object.assign(row, change)
      return true
    },
    Delete: async (collection: string, wanted: Row) => remove(collection, wanted),
  }
}

/** An instance of its own: ltijs is a singleton, and the adapter under test needs one too. */
function ownLtijs() {
  const require = createRequire(import.meta.url)
  const loaded = require('ltijs').Provider
  for (const path of Object.keys(require.cache)) if (/[\\/]node_modules[\\/]ltijs[\\/]/.test(path)) delete require.cache[path]
  return loaded
}

/** Stock ltijs set up as its README shows, listening without deploy(), which would hang a SIGINT handler on this process. */
async function startStock({ lms }: TestSchool) {
  const { registration } = lms
  const ltijs = ownLtijs()
  ltijs.setup('a key of this test', { plugin: memoryPlugin() }, { appRoute: '/', loginRoute: '/login', cors: false, devMode: false })
  ltijs.onConnect((_token: unknown, _request: unknown, response: { send(text: string): void }) => response.send('connected'))
  await ltijs.registerPlatform({
    url: registration.issuer,
    name: registration.name,
    clientId: registration.clientId,
    authenticationEndpoint: registration.authUrl,
    accesstokenEndpoint: registration.tokenUrl,
    authConfig: { method: 'JWK_SET', key: registration.jwksUrl },
  })
  const port = await freePort()
  const server: Server = createServer(ltijs.app)
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () => new Promise<void>((done) => server.close(() => done())),
  }
}

/** The login at ltijs: where it sends the browser, and the browser's cookies. */
async function loginAtStock(changes: Record<string, string> = {}): Promise<{ to: URL; cookies: CookieJar }> {
  const fields = {
    ...school.lms.platform.loginParams({ person: 'student1', item: itemId }),
    target_link_uri: `${stock.origin}/`,
    ...changes,
  }
  const answer = await fetch(`${stock.origin}/login`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  expect(answer.status).toBe(302)
  const cookies = new CookieJar()
  cookies.take(answer)
  return { to: new URL(answer.headers.get('location') ?? ''), cookies }
}

type Change = (claims: Claims) => Claims

/** Claims set to undefined are left out. */
function without(claims: Claims): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
}

/** A whole launch at ltijs, correctly signed, with claims changed. */
async function launchAtStock(change: Change): Promise<{ accepted: boolean; location: string }> {
  const { to, cookies } = await loginAtStock()
  const nonce = to.searchParams.get('nonce') ?? ''
  const claims = school.lms.platform.claimsFor({ person: 'student1', item: itemId, nonce })
  const body = { id_token: school.lms.platform.signIdToken(without(change(claims))), state: to.searchParams.get('state') ?? '' }
  const answer = await fetch(`${stock.origin}/`, {
    method: 'POST',
    body: new URLSearchParams(body),
    headers: { cookie: cookies.header },
    redirect: 'manual',
  })
  const location = answer.headers.get('location') ?? ''
  return { accepted: answer.status === 302 && location.includes('ltik='), location }
}

/** The same launch at our server. */
async function launchAtOurs(change: Change, walkedAs: { person?: string; reviewOf?: string } = {}): Promise<Response> {
  const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: itemId, ...walkedAs })
  return walk.launch({ id_token: school.lms.platform.signIdToken(without(change(decodeJwt(walk.formFields.id_token ?? '')))) })
}

const seconds = (): number => Math.floor(Date.now() / 1000)

const letIn: { id: string; says: string; change: Change; ours: number }[] = [
  { id: 'B32', says: 'several audiences, and no azp', change: (it) => ({ ...it, aud: [it.aud, 'another-tool'] }), ours: 401 },
  { id: 'B33', says: 'an azp of another tool', change: (it) => ({ ...it, azp: 'another-tool' }), ours: 401 },
  { id: 'B35', says: 'a token that never ends (no exp)', change: (it) => ({ ...it, exp: undefined }), ours: 401 },
  {
    id: 'B37',
    says: 'a token of tomorrow (iat)',
    change: (it) => ({ ...it, iat: seconds() + 86_400, exp: seconds() + 90_000 }),
    ours: 401,
  },
  { id: 'B39', says: 'no nonce', change: (it) => ({ ...it, nonce: undefined }), ours: 401 },
  { id: 'B40', says: 'a nonce that was never issued', change: (it) => ({ ...it, nonce: 'of-an-attacker' }), ours: 401 },
  { id: 'B49', says: 'a deployment that nobody knows', change: (it) => ({ ...it, [claim.deploymentId]: 'of-a-stranger' }), ours: 403 },
  {
    id: 'B52',
    says: 'a target_link_uri on a foreign origin',
    change: (it) => ({ ...it, [claim.targetLinkUri]: 'https://evil.example/' }),
    ours: 400,
  },
]

describe('stock ltijs 5.9.9', () => {
  it('is the version that was decided about', () => {
    expect(createRequire(import.meta.url)('ltijs/package.json').version).toBe('5.9.9')
  })

  it('takes a right launch, as we do', async () => {
    expect((await launchAtStock((it) => it)).accepted).toBe(true)
    expect((await launchAtOurs((it) => it)).status).toBe(200)
  })

  it.each(letIn)('$id lets in $says; we refuse it', async ({ change, ours }) => {
    expect((await launchAtStock(change)).accepted).toBe(true)
    expect((await launchAtOurs(change)).status).toBe(ours)
  })

  it('B07 goes on with a login whose target lies on a foreign host; we refuse it', async () => {
    const { to } = await loginAtStock({ target_link_uri: 'https://evil.example/x' })
    expect(to.searchParams.get('redirect_uri')).toBe('https://evil.example/x')
    const fields = { ...school.lms.platform.loginParams({ person: 'student1', item: itemId }), target_link_uri: 'https://evil.example/x' }
    const answer = await fetch(`${school.origin}/lti/login`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
    expect(answer.status).toBe(400)
  })

  it('turns an anonymous launch away, which LTI allows; we let it look', async () => {
    const anonymous: Change = (it) => ({ ...it, sub: undefined })
    expect((await launchAtStock(anonymous)).accepted).toBe(false)
    expect((await launchAtOurs(anonymous)).status).toBe(200)
  })

  it('carries the session in the address; ours is never in one', async () => {
    const { location } = await launchAtStock((it) => it)
    const ltik = new URL(location, stock.origin).searchParams.get('ltik') ?? ''
    expect(decodeJwt(ltik)).toMatchObject({ user: expect.any(String) })
    expect(decodeJwt(ltik).exp).toBeUndefined()
    const ours = await launchAtOurs((it) => it)
    expect(ours.headers.get('location')).toBeNull()
    expect(launchDataIn(await ours.text()).token).toMatch(/^[\w-]{43}$/)
  })

  it('fetches the keys of the LMS at every launch; we keep them', async () => {
    const counted = async (launch: () => Promise<unknown>): Promise<number> => {
      const before = school.lms.jwksFetches
      for (let times = 0; times < 3; times++) await launch()
      return school.lms.jwksFetches - before
    }
    expect(await counted(() => launchAtStock((it) => it))).toBe(3)
    expect(await counted(() => launchAtOurs((it) => it))).toBe(0)
  })
})

describe('what ltijs does for us', () => {
  const data = 'to be echoed, {"a":1}'

  async function returned(): Promise<{ jwt: string; action: string; activityId: string; returnUrl: string }> {
    const walk = await school.lms.journey.walkLaunch({ person: 'teacher1', deepLink: true })
    const claims = decodeJwt(walk.formFields.id_token ?? '') as Claims
    const settings: Row = { ...(claims[claim.deepLinkingSettings] as Row), data }
    const opened = await walk.launch({ id_token: school.lms.platform.signIdToken({ ...claims, [claim.deepLinkingSettings]: settings }) })
    const { token } = launchDataIn(await opened.text())
    const made = await callTool(school.origin, token, 'POST', '/api/activities', { kind: 'quiz', sampleId: 'rivers-and-climate' })
    const { id, title } = made.json
    const form = await callTool(school.origin, token, 'POST', '/api/deep-linking/return', {
      items: [{ activityId: id, title, points: 18 }],
    })
    expect(form.status).toBe(200)
    return { jwt: form.json.fields.JWT, action: form.json.action, activityId: id, returnUrl: String(settings.deep_link_return_url) }
  }

  it('signs the picker’s choice: the signature, the addressees and every claim are right', async () => {
    const { jwt, action, activityId, returnUrl } = await returned()
    const { registration } = school.lms
    const keys = (await (await fetch(`${school.origin}/lti/keys`)).json()) as JSONWebKeySet
    const { payload, protectedHeader } = await jwtVerify(jwt, createLocalJWKSet(keys), {
      issuer: registration.clientId,
      audience: registration.issuer,
      algorithms: ['RS256'],
      requiredClaims: ['iat', 'exp', 'nonce'],
    })
    expect(protectedHeader.kid).toBe(keys.keys[0]?.kid)
    expect(action).toBe(returnUrl)
    expect(payload).toMatchObject({
      'https://purl.imsglobal.org/spec/lti/claim/message_type': 'LtiDeepLinkingResponse',
      'https://purl.imsglobal.org/spec/lti/claim/version': '1.3.0',
      'https://purl.imsglobal.org/spec/lti/claim/deployment_id': registration.deployments[0],
      'https://purl.imsglobal.org/spec/lti-dl/claim/data': data,
    })
    expect(payload['https://purl.imsglobal.org/spec/lti-dl/claim/content_items']).toEqual([
      expect.objectContaining({
        type: 'ltiResourceLink',
        url: `${school.origin}/lti/activities/${activityId}`,
        custom: expect.objectContaining({ cuepoint_activity_id: activityId }),
        lineItem: expect.objectContaining({ scoreMaximum: 18, resourceId: activityId }),
      }),
    ])
  })

  it('writes its error message under a name that no LMS reads (a space at its end), so we never send one', async () => {
    const { jwt } = await returned()
    const { Provider } = await import('ltijs')
    const { registration } = school.lms
    const [deploymentId] = registration.deployments
    const idtoken = {
      iss: registration.issuer,
      clientId: registration.clientId,
      deploymentId,
      platformContext: { deepLinkingSettings: { accept_types: ['ltiResourceLink'] } },
    }
    const broken: string = await Provider.DeepLinking.createDeepLinkingMessage(idtoken, [], { errMessage: 'It did not work.' })
    const name = 'https://purl.imsglobal.org/spec/lti-dl/claim/errormsg'
    expect(Object.keys(decodeJwt(broken))).toContain(`${name} `)
    expect(Object.keys(decodeJwt(broken))).not.toContain(name)
    expect(Object.keys(decodeJwt(jwt)).filter((it) => it.includes('errormsg'))).toEqual([])
  })
})
