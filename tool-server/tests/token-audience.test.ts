// Brightspace takes token requests for an audience that is not its token address (fact 30). Nobody has to know that: whether an
// administrator typed the registration without it or the LMS registered itself, the assertion is made out to the right one. The
// simulated LMS stands at Brightspace's own name here and refuses any other audience.
import type { LookupAddress, LookupOptions } from 'node:dns'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Lms, startLms } from '../../fixtures/lms-simulator/index.ts'
import { addPlatform, findPlatform } from '../src/app/platforms.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { setNameServer } from '../src/kernel/safe-fetch.ts'
import { makeRegistrationLink } from '../src/modules/lti/index.ts'
import { askToken } from '../src/modules/lti/services/access-token.ts'
import { freePort, startSchool, type TestSchool } from './_app.ts'
import { registerBy } from './_registering.ts'

const audience = 'https://api.brightspace.com/auth/token'
const scope = 'https://purl.imsglobal.org/spec/lti-ags/scope/score'
const names = ['auth.brightspace.com', 'tenant.brightspace.com']
let school: TestSchool
const started: Lms[] = []
beforeAll(async () => {
  school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent' } })
  setNameServer(((name: string, _options: LookupOptions, tell: (error: Error | null, found: LookupAddress[]) => void) =>
    names.includes(name) ? tell(null, [{ address: '127.0.0.1', family: 4 }]) : tell(new Error(`no such name: ${name}`), [])) as never)
})
afterAll(async () => {
  setNameServer()
  for (const lms of started) await lms.stop()
  await school?.stop()
})

/** A Brightspace whose token service, keys and sign-in are at `name`. */
async function brightspaceAt(name: string): Promise<Lms> {
  const port = await freePort()
  const at = { serviceHost: name, authHost: name, quirks: { issuer: `http://${name}:${port}`, clientId: `client-${started.length}` } }
  const lms = await startLms({ port, toolOrigin: school.origin, quiet: true, profile: 'brightspace', ...at })
  started.push(lms)
  return lms
}
/** As an administrator types it, from a guide that says nothing of an audience. */
async function typed(lms: Lms, more: { lms?: string; audience?: string } = {}) {
  const { audience: _unsaid, ...known } = lms.registration
  return addPlatform({ ...known, name: known.clientId, ...more } as Parameters<typeof addPlatform>[0])
}

it('A registration typed without an audience asks its token with Brightspace’s', async () => {
  const lms = await brightspaceAt('auth.brightspace.com')
  const registration = await typed(lms)
  expect(registration).toMatchObject({ lms: 'brightspace', audience: null })
  expect(new URL(registration.tokenUrl).hostname).toBe('auth.brightspace.com')
  expect((await askToken(registration, scope)).token).toMatch(/^[0-9a-f]{32}$/)
})

it('Any other audience is refused there, so that it is the audience which makes the difference', async () => {
  const lms = await brightspaceAt('auth.brightspace.com')
  for (const wrong of [{ lms: 'generic' }, { audience: lms.registration.tokenUrl }])
    await expect(askToken(await typed(lms, wrong), scope)).rejects.toThrow(/no access token \(invalid_client\)/)
})

it('An audience that was typed goes before what is known of the LMS', async () => {
  const lms = await brightspaceAt('auth.brightspace.com')
  lms.quirks.tokenAudience = 'https://api.example.org/token'
  await expect(askToken(await typed(lms), scope)).rejects.toThrow(/invalid_client/)
  expect((await askToken(await typed(lms, { audience: 'https://api.example.org/token' }), scope)).token).not.toBe('')
})

it('A Brightspace that keeps its tokens elsewhere gets its own token address for an audience', async () => {
  const lms = await brightspaceAt('tenant.brightspace.com')
  lms.quirks.tokenAudience = null
  expect((await askToken(await typed(lms), scope)).token).not.toBe('')
})

it.each([
  ['names the audience itself', audience],
  ['does not name it', null],
])('By dynamic registration, where the LMS %s, the token is asked with it', async (_what, named) => {
  const lms = await brightspaceAt('auth.brightspace.com')
  const name = `Registered, ${named ? 'told' : 'untold'}`
  const { address } = await makeRegistrationLink({ name })
  // What its OpenID configuration says …
  lms.quirks.tokenAudience = named
  const done = await registerBy(address, lms)
  expect(done.status, done.page).toBe(200)
  // … and what it accepts.
  lms.quirks.tokenAudience = audience
  const registration = await findPlatform(name)
  const [kept] = await queryAlone('select lms, audience from registrations where id = $1', [registration.id])
  expect(kept).toEqual({ lms: 'brightspace', audience })
  expect((await askToken(registration, scope)).token).toMatch(/^[0-9a-f]{32}$/)
})
