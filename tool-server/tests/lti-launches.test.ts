// Every bad launch is refused with its status and reason, every legal one accepted; nothing bad changes anything.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Fault, type Lms, startLms } from '../../fixtures/lms-simulator/index.ts'
import { addPlatform } from '../src/app/platforms.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { log } from '../src/kernel/log.ts'
import { saveRegistration } from '../src/modules/lti/index.ts'
import { forgetPlatformKeys } from '../src/modules/lti/platforms/platform-keys.ts'
import { callTool, launchDataIn, startSchool, type TestSchool } from './_app.ts'
import { badLaunches } from './_bad-launches.ts'
import { goodLaunches } from './_good-launches.ts'
import type { Scene } from './_launch-rows.ts'

let school: TestSchool
let other: Lms
let scene: Scene
const reasons: string[] = []

beforeAll(async () => {
  school = await startSchool({ worker: false })
  other = await startLms({ port: 0, toolOrigin: school.origin, quiet: true })
  other.addItem({ course: '2', title: 'Other' })
  await addPlatform(other.registration as Parameters<typeof addPlatform>[0])
  const { registration } = school.lms
  const twin = {
    name: 'x',
    lms: 'moodle',
    issuer: registration.issuer,
    authUrl: registration.authUrl,
    tokenUrl: registration.tokenUrl,
    jwksUrl: registration.jwksUrl,
    audience: null,
    origins: [],
  }
  await saveRegistration({ ...twin, clientId: 'retired-client', status: 'retired' })
  await saveRegistration({ ...twin, clientId: 'second-client', status: 'active' })
  const item = school.lms.addItem({ course: '2', title: 'Quiz', lineItem: { scoreMaximum: 10, label: 'Quiz' } })
  scene = { origin: school.origin, lms: school.lms, itemId: item.id, other }
  vi.spyOn(log, 'warn').mockImplementation((line: unknown) => {
    const { audit, reason } = line as { audit?: string; reason?: string }
    if (audit === 'refused') reasons.push(reason ?? '')
  })
})
afterEach(() => {
  reasons.length = 0
})
afterAll(async () => {
  vi.restoreAllMocks()
  await other?.stop()
  await school?.stop()
})

async function counts(): Promise<unknown> {
  return (
    await queryAlone(
      `select (select count(*) from sessions) sessions, (select count(*) from people) people, (select count(*) from events) events`,
    )
  )[0]
}

describe('refused', () => {
  it.each(badLaunches)('$id $says', async ({ send, status, reason }) => {
    const before = await counts()
    const expectsNothing = reason !== 'state_used'
    const answer = await send(scene)
    const page = await answer.text()
    expect({ status: answer.status, reason: reason === undefined ? undefined : reasons.at(-1) }).toEqual({ status, reason })
    expect(page).not.toMatch(/at .+\.ts:|node_modules/)
    expect(page).toMatch(/Support code/)
    expect(answer.headers.get('location')).toBeNull()
    if (expectsNothing) expect(await counts()).toEqual(before)
  })
})

describe('accepted', () => {
  it.each(goodLaunches)('$id $says', async ({ send, status }) => {
    const answer = await send(scene)
    const page = await answer.text()
    expect({ status: answer.status, reasons }).toEqual({ status, reasons: [] })
    expect(launchDataIn(page).token).toMatch(/^[\w-]{43}$/)
    expect(answer.headers.get('content-security-policy')).toContain(`frame-ancestors ${school.lms.origin}`)
  })
})

it('an anonymous launch may only look', async () => {
  const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: scene.itemId })
  const claims = JSON.parse(Buffer.from((walk.formFields.id_token ?? '').split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >
  delete claims.sub
  const data = launchDataIn(await (await walk.launch({ id_token: school.lms.platform.signIdToken(claims) })).text()) as unknown as {
    session: { role: string; person: null }
  }
  expect(data.session).toMatchObject({ role: 'viewer', person: null })
})

it('B42 the same launch posted 50 times at once makes exactly one session', async () => {
  const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: scene.itemId })
  const cookie = walk.toolCookies
  const answers = await Promise.all(Array.from({ length: 50 }, () => walk.launch({}, { headers: { cookie } })))
  expect(answers.filter((it) => it.status === 200)).toHaveLength(1)
  expect(answers.filter((it) => it.status === 401)).toHaveLength(49)
})

it('a student’s eight tabs at once all work, 25 times over (200 of 200)', async () => {
  for (let round = 0; round < 25; round++) {
    const walks = await Promise.all(
      Array.from({ length: 8 }, () => school.lms.journey.walkLaunch({ person: 'student2', item: scene.itemId, launch: true })),
    )
    expect(walks.map((it) => it.response?.status)).toEqual(Array(8).fill(200))
  }
})

it('B13 and B43: a login older than ten minutes is over, and stays over', async () => {
  const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: scene.itemId })
  await queryAlone(`update login_attempts set expires_at = now() - interval '1 minute' where state = $1`, [walk.formFields.state])
  const answer = await walk.launch()
  expect(answer.status).toBe(401)
  expect(reasons).toEqual(['state_expired'])
  expect(await answer.text()).toContain('Open the activity again from your course')
})

describe('B28 the platform’s keys', () => {
  const bad: [string, Fault][] = [
    ['down', { drop: true }],
    ['a login page', { status: 200, body: '<html>sign in</html>' }],
    ['empty', { status: 200, body: '{"keys":[]}' }],
    ['status 500', { status: 500 }],
  ]
  it.each(bad)('%s: 503, and the stored ones go on working', async (_says, fault) => {
    const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: scene.itemId })
    forgetPlatformKeys()
    school.lms.faults.jwks = () => fault
    try {
      const stored = await walk.launch()
      expect(stored.status, 'keys kept in the database').toBe(200)
      forgetPlatformKeys()
      await queryAlone('delete from platform_key_sets')
      const next = await school.lms.journey.walkLaunch({ person: 'student1', item: scene.itemId })
      expect((await next.launch()).status).toBe(503)
    } finally {
      school.lms.faults.clear()
      forgetPlatformKeys()
    }
    expect((await (await school.lms.journey.walkLaunch({ person: 'student1', item: scene.itemId })).launch()).status).toBe(200)
  })

  it('slow: answered within seconds', async () => {
    const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: scene.itemId })
    forgetPlatformKeys()
    await queryAlone('delete from platform_key_sets')
    school.lms.faults.jwks = () => ({ delayMs: 20_000 })
    const began = Date.now()
    try {
      expect((await walk.launch()).status).toBe(503)
      expect(Date.now() - began).toBeLessThan(8_000)
    } finally {
      school.lms.faults.clear()
      forgetPlatformKeys()
    }
  })
})

it('B58 a session does what its role allows, whatever else the client sends', async () => {
  const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: scene.itemId, launch: true })
  const data = launchDataIn(await (walk.response as Response).text())
  const asked = await callTool(school.origin, data.token, 'POST', '/api/activities', { kind: 'quiz', role: 'instructor' })
  expect(asked).toMatchObject({ status: 403, json: { code: 'role_not_allowed' } })
  expect((await callTool(school.origin, `${data.token}x`, 'GET', '/api/session')).status).toBe(401)
})

it('B21 a thousand tokens with random kids cause at most one fetch of the keys', async () => {
  const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: scene.itemId })
  const before = school.lms.jwksFetches
  for (let at = 0; at < 200; at++) {
    const tokens = Array.from({ length: 5 }, (_, n) =>
      school.lms.platform.signIdToken(
        { iss: school.lms.registration.issuer, aud: school.lms.registration.clientId },
        { kid: `random-${at}-${n}` },
      ),
    )
    await Promise.all(tokens.map(async (token) => (await walk.launch({ id_token: token })).text()))
  }
  expect(school.lms.jwksFetches - before).toBeLessThanOrEqual(1)
})
