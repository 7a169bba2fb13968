// The setup doctor against a simulated LMS: what works is green, what does not is red and says who must click what.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { forgetPlatformKeys } from '../src/modules/lti/platforms/platform-keys.ts'
import { forgetTokens } from '../src/modules/lti/services/access-token.ts'
import { operatorOf } from './_admin.ts'
import { callTool, eventually, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, placeSample, rightAnswers } from './_journey.ts'

let school: TestSchool
let ask: Awaited<ReturnType<typeof operatorOf>>['ask']
let itemId: string
beforeAll(async () => {
  school = await startSchool({ env: { LOG_LEVEL: 'silent' } })
  ask = (await operatorOf(school.origin)).ask
})
afterAll(() => school?.stop())

const platform = async (): Promise<Wire> => (await ask('GET', '/api/admin/doctor')).platforms[0]
const check = async (name: string): Promise<Wire> => (await platform()).checks.find((it: Wire) => it.name === name)
const lights = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await platform()).checks.map((it: Wire) => [it.name, it.light]))
const tryOut = async (step: string): Promise<Wire> => ask('POST', `/api/admin/doctor/${(await platform()).id}/try/${step}`)

async function handIn(person: string): Promise<void> {
  const { token, data } = await launchAs(school, person, itemId)
  const { id, questions } = data.player.current
  const answers = rightAnswers('photosynthesis-and-cell-energy', questions)
  await callTool(school.origin, token, 'POST', `/api/attempts/${id}/submit`, { key: crypto.randomUUID(), answers })
}

it('knows nothing of a platform that was never used, and says what to do first', async () => {
  expect(await lights()).toMatchObject({
    'platform-keys': 'unknown',
    'tool-keys': 'unknown',
    scopes: 'unknown',
    launch: 'unknown',
    score: 'unknown',
  })
  expect((await check('launch')).mend).toContain('open any Cuepoint activity')
})

it('turns green as launches and scores go through', async () => {
  itemId = (await placeSample(school)).itemId
  await handIn('student1')
  await eventually('the score is accepted', async () => (await lights()).score === 'green')
  expect(await lights()).toEqual({
    'platform-keys': 'green',
    'tool-keys': 'green',
    scopes: 'green',
    deployments: 'green',
    clock: 'green',
    launch: 'green',
    score: 'green',
    'line-item': 'unknown',
  })
  expect((await platform()).deployments[0]).toMatchObject({ status: 'approved', lastLaunchAt: expect.any(String) })
})

it('tries it out step by step: keys, token, a test column made and deleted again', async () => {
  const before = school.lms.state.lineItems.size
  for (const step of ['keys', 'token', 'create']) expect(await tryOut(step), step).toMatchObject({ ok: true, mend: null })
  expect(school.lms.state.lineItems.size).toBe(before + 1)
  expect(await tryOut('remove')).toMatchObject({ ok: true })
  expect(school.lms.state.lineItems.size).toBe(before)
  expect((await check('line-item')).light).toBe('green')
})

it('a try-out that broke off is cleaned up by the next one', async () => {
  const before = school.lms.state.lineItems.size
  await tryOut('create')
  await tryOut('create')
  expect(school.lms.state.lineItems.size).toBe(before + 1)
  await tryOut('remove')
  expect(school.lms.state.lineItems.size).toBe(before)
})

it('says who must click what in this LMS when it no longer takes our key, grants too little, or its keys are away', async () => {
  school.lms.faults.ags = ({ kind }) => (kind === 'token' ? { status: 400, body: '{"error":"invalid_client"}' } : undefined)
  const token = await tryOut('token')
  expect(token).toMatchObject({ ok: false, says: expect.stringContaining('invalid_client'), mend: expect.stringContaining('Keyset URL') })
  expect(await check('tool-keys')).toMatchObject({ light: 'red', says: expect.stringContaining('invalid_client'), mend: token.mend })
  school.lms.faults.jwks = () => ({ status: 503 })
  forgetPlatformKeys()
  expect(await tryOut('keys')).toMatchObject({ ok: false, mend: expect.stringContaining('/mod/lti/certs.php') })
  expect(await check('platform-keys')).toMatchObject({ light: 'red', says: expect.stringContaining('status_503') })
  school.lms.faults.clear()
  await queryAlone(`update placement_services set scopes = '{}'`)
  expect(await check('scopes')).toMatchObject({
    light: 'red',
    says: expect.stringContaining('write scores'),
    mend: expect.stringContaining('Services'),
  })
  expect(await tryOut('create')).toMatchObject({ ok: false, says: expect.stringContaining('a teacher has to open an activity first') })
})

it('a refused score is a red line with the LMS’s reason', async () => {
  forgetTokens()
  await launchAs(school, 'teacher1', itemId)
  await queryAlone(`update placement_services set scopes = array['https://purl.imsglobal.org/spec/lti-ags/scope/score']`)
  school.lms.faults.ags = ({ kind }) => (kind === 'score' ? { status: 403, body: '{}' } : undefined)
  await handIn('student2')
  await eventually('it is refused', async () => (await check('score')).light === 'red')
  expect(await check('score')).toMatchObject({
    says: expect.stringContaining('does not allow'),
    mend: expect.stringContaining('Accept grades'),
  })
  school.lms.faults.clear()
})

it('a clock that is off is seen before launches are refused for it', async () => {
  await queryAlone(`update flights set facts = facts || '{"skewSeconds": 42}'`)
  expect(await check('clock')).toMatchObject({ light: 'yellow', says: expect.stringContaining('42 s ahead') })
  await queryAlone(`update flights set facts = facts || '{"skewSeconds": -75}'`)
  expect(await check('clock')).toMatchObject({ light: 'red', mend: expect.stringContaining('NTP') })
})

it('an installation that nobody approved is red, and is approved here; its launch works then', async () => {
  await queryAlone(`update deployments set status = 'pending'`)
  const { forgetDeployments } = await import('../src/modules/lti/platforms/deployments.ts')
  forgetDeployments()
  const launch = async (): Promise<number> =>
    ((await school.lms.journey.walkLaunch({ person: 'student1', item: itemId, launch: true })).response as Response).status
  expect(await launch()).toBe(403)
  expect((await check('deployments')).light).toBe('red')
  const { id, deployments } = await platform()
  const decide = (approve: boolean) =>
    ask('POST', '/api/admin/deployments/decision', { registrationId: id, deploymentId: deployments[0].deploymentId, approve })
  await decide(false)
  expect((await platform()).deployments[0].status).toBe('refused')
  expect(await launch()).toBe(403)
  await decide(true)
  expect((await check('deployments')).light).toBe('green')
  expect(await launch()).toBe(200)
})
