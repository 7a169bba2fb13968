// The 27 attacks on launches, deep linking and services: those that are no row of the conformance table, and the proof that all are tried.
import { endpoints } from '@cuepoint/contracts'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claim } from '../../fixtures/lms-simulator/index.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { rotateKey } from '../src/modules/lti/platforms/keys.ts'
import { callTool, launchDataIn, startSchool, type TestSchool } from './_app.ts'
import { placeSample } from './_journey.ts'
import { attackTests, launchAttacks } from './conformance/attack-tests.ts'
import { claimsOf, walk, with_ } from './conformance/rows.ts'
import { type Stage, setStage } from './conformance/stage.ts'
import { mustAccept, mustRefuse } from './conformance/table.ts'

let school: TestSchool
let stage: Stage

beforeAll(async () => {
  school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent' } })
  stage = await setStage(school)
})
afterAll(async () => {
  await stage?.close()
  await school?.stop()
})

describe('(attack 16) a launch that is meant to be expensive', () => {
  const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  const hostile: [string, (token: string) => string][] = [
    ['1 MB', (token) => signed(with_({ padding: 'x'.repeat(760_000) })(claimsOf(token)))],
    ['3,000 roles', (token) => signed(with_({ [claim.roles]: Array.from({ length: 3_000 }, () => 'Learner') })(claimsOf(token)))],
    ['7,000 levels deep', (token) => signed(JSON.stringify(claimsOf(token)).replace(/^\{/, `{"deep":${deep(7_000)},`))],
    ['a million dots', () => '.'.repeat(100_000)],
    ['prototype keys', (token) => signed(JSON.stringify(claimsOf(token)).replace(/^\{/, '{"__proto__":{"roles":["x"]},"constructor":{},'))],
  ]
  const signed = (payload: unknown): string => stage.scene.lms.platform.signIdToken(payload)

  it.each(hostile)('%s costs less than 50 ms of CPU and keeps no memory', async (_says, change) => {
    const it = await walk(stage.scene)
    const cookie = it.toolCookies
    const token = change(it.formFields.id_token ?? '')
    const post = async () => (await it.launch({ id_token: token }, { headers: { cookie } })).text()
    await post()
    const before = process.cpuUsage()
    for (let at = 0; at < 20; at++) await post()
    const { user, system } = process.cpuUsage(before)
    // Of client and server together: both run in this process.
    expect((user + system) / 20 / 1000).toBeLessThan(50)
    expect(({} as { roles?: unknown }).roles).toBeUndefined()
  })
})

it('(attack 19) the session’s token stands in the page and in no address, header or cookie', async () => {
  const { response } = await walk(stage.scene, { launch: true })
  const answer = response as Response
  const page = await answer.text()
  const { token } = launchDataIn(page)
  expect(page.split(token)).toHaveLength(2)
  expect(JSON.stringify([...answer.headers])).not.toContain(token)
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect((await fetch(`${school.origin}/api/session?token=${token}`)).status, 'a token in an address opens nothing').toBe(401)
})

describe('(attack 20) other sites', () => {
  const evil = 'https://evil.example'
  const paths = Object.values(endpoints).map(({ method, path }) => [method, path.replace(/:\w+/g, crypto.randomUUID())] as const)

  it.each(paths)('may not call %s %s with a person’s cookies', async (method, path) => {
    for (const asked of ['OPTIONS', method]) {
      const headers = { origin: evil, 'access-control-request-method': method, 'sec-fetch-site': 'cross-site' }
      const answer = await fetch(`${school.origin}${path}`, { method: asked, headers, redirect: 'manual' })
      await answer.text()
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(answer.status).toBeGreaterThanOrEqual(400)
    }
  })

  it('may not frame a page that holds a session, nor its reload', async () => {
    const { response } = await walk(stage.scene, { launch: true })
    const launched = response as Response
    const { session } = launchDataIn(await launched.text()) as unknown as { session: { id: string } }
    const again = await fetch(`${school.origin}/a/${session.id}`)
    await again.text()
    for (const answer of [launched, again]) {
      const ancestors = /frame-ancestors ([^;]*)/.exec(answer.headers.get('content-security-policy') ?? '')?.[1]
      expect(ancestors).toBe(school.lms.origin)
    }
  })
})

describe('(attack 22) the return of a deep link', () => {
  const chooser = async (): Promise<{ token: string; settings: Record<string, unknown> }> => {
    const it = await school.lms.journey.walkLaunch({ person: 'teacher1', deepLink: true })
    // Moodle sends none; what comes must go back as it was.
    const claims = claimsOf(it.formFields.id_token ?? '')
    const settings = { ...(claims[claim.deepLinkingSettings] as object), data: 'opaque & “signed”' }
    const answer = await it.launch({ id_token: school.lms.platform.signIdToken({ ...claims, [claim.deepLinkingSettings]: settings }) })
    return { token: launchDataIn(await answer.text()).token, settings }
  }

  it('is made once, however often and at once it is asked for', async () => {
    const { activityId } = await placeSample(school)
    const { token } = await chooser()
    const items = [{ activityId, title: 'Leaves', points: 5 }]
    const ask = () => callTool(school.origin, token, 'POST', '/api/deep-linking/return', { items })
    const answers = await Promise.all(Array.from({ length: 8 }, ask))
    expect(answers.map((it) => it.status).sort()).toEqual([200, ...Array(7).fill(409)])
    expect((await ask()).status).toBe(409)
  })

  it('is signed with our key, for this LMS and deployment, with its `data` untouched and nothing of the caller’s', async () => {
    const { activityId } = await placeSample(school)
    const { token, settings } = await chooser()
    const forged = { data: 'mine', deployment_id: 'another', aud: 'https://evil.example', returnUrl: 'https://evil.example/' }
    const body = { items: [{ activityId, title: 'Leaves', points: 5, url: 'https://evil.example/' }], ...forged }
    const { json } = await callTool(school.origin, token, 'POST', '/api/deep-linking/return', body)
    expect(json.action).toBe(settings.deep_link_return_url)
    const { issuer, clientId } = school.lms.registration
    const keys = createRemoteJWKSet(new URL(`${school.origin}/lti/keys`))
    const { payload } = await jwtVerify(json.fields.JWT, keys, { issuer: clientId, audience: issuer, algorithms: ['RS256'] })
    expect(payload[claim.deploymentId]).toBe(school.lms.quirks.deploymentId)
    expect(payload['https://purl.imsglobal.org/spec/lti-dl/claim/data']).toBe('opaque & “signed”')
    expect(JSON.stringify(decodeJwt(json.fields.JWT))).not.toContain('evil.example')
  })

  it('is nothing for a session that was not opened to choose, or for nobody', async () => {
    const { activityId, itemId } = await placeSample(school)
    const it = await school.lms.journey.walkLaunch({ person: 'teacher1', item: itemId, launch: true })
    const { token } = launchDataIn(await (it.response as Response).text())
    const body = { items: [{ activityId, title: 'x', points: 1 }] }
    expect((await callTool(school.origin, token, 'POST', '/api/deep-linking/return', body)).status).toBe(404)
    expect((await callTool(school.origin, 'x'.repeat(43), 'POST', '/api/deep-linking/return', body)).status).toBe(401)
  })
})

it('(attack 27) a new key leaves the old one published, and no private key is stored in clear or shown', async () => {
  const published = async () => (await (await fetch(`${school.origin}/lti/keys`)).json()) as { keys: Record<string, unknown>[] }
  const before = await published()
  await rotateKey()
  const after = await published()
  expect(after.keys.map((key) => key.kid)).toEqual(expect.arrayContaining(before.keys.map((key) => key.kid)))
  expect(after.keys.length).toBe(before.keys.length + 1)
  for (const key of after.keys) for (const part of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(key[part]).toBeUndefined()
  const rows = await queryAlone<{ row: string }>('select t::text as row from tool_keys t')
  for (const { row } of rows) expect(row).not.toMatch(/PRIVATE KEY|"d":|MII[A-Za-z0-9+/]{20}/)
})

it('each of the 27 attacks is tried: by a row of the table, or by a test that has its number in its name', () => {
  const tried = new Set([
    ...[...mustRefuse, ...mustAccept].flatMap((row) => row.attack ?? []),
    ...attackTests().flatMap((it) => it.attacks),
  ])
  const missing = Array.from({ length: launchAttacks }, (_, at) => at + 1).filter((number) => !tried.has(number))
  expect(missing).toEqual([])
})
