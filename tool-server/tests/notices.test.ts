// Notices of copied courses (Platform Notification Service): asked for at the first launch, checked like a launch, taken once; and what
// came along is found by them alone.
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { claim } from '../../fixtures/lms-simulator/index.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { refuseDeployment } from '../src/modules/lti/index.ts'
import { subscribe } from '../src/modules/lti/notices/subscribing.ts'
import { callTool, eventually, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, type Placed, placeSample } from './_journey.ts'

const type = 'LtiContextCopyNotice'
let school: TestSchool
let placed: Placed

beforeAll(async () => {
  // An LMS that says nothing of histories at a launch: the notice is all there is.
  const unknownVariables = ['Context.id.history', 'ResourceLink.id.history']
  school = await startSchool({ worker: false, profile: 'canvas', quirks: { unknownVariables }, env: { LOG_LEVEL: 'silent' } })
  placed = await placeSample(school)
  await launchAs(school, 'teacher1', placed.itemId)
})
afterAll(() => school?.stop())
afterEach(() => school.lms.faults.clear())

const handlers = () => school.lms.calls.filter((it) => it.kind === 'noticeHandlers')
const subscription = async (): Promise<Wire> => (await queryAlone('select * from notice_handlers'))[0]
const copies = () => queryAlone<Wire>('select external_id, from_external_id, title, told_by from course_copies order by told_at')

/** A notice as Canvas sends it; `change` replaces claims, undefined takes one away. */
function noticeOf(change: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: school.lms.registration.issuer,
    aud: school.lms.quirks.clientId,
    azp: school.lms.quirks.clientId,
    iat: now,
    exp: now + 3600,
    nonce: randomUUID(),
    [claim.version]: '1.3.0',
    [claim.deploymentId]: school.lms.quirks.deploymentId,
    [claim.notice]: { id: randomUUID(), timestamp: new Date().toISOString(), type },
    [claim.context]: { id: `copy-${randomUUID()}`, title: 'Biology, again' },
    [claim.originContexts]: [`origin-${randomUUID()}`],
    ...change,
  }
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
}
const signed = (change: Record<string, unknown> = {}): string => school.lms.platform.signIdToken(noticeOf(change))
async function tell(...jwts: unknown[]): Promise<{ status: number; json: Wire }> {
  const body = JSON.stringify({ notices: jwts.map((jwt) => ({ jwt })) })
  return post(body)
}
async function post(body: string, contentType = 'application/json'): Promise<{ status: number; json: Wire }> {
  const answer = await fetch(`${school.origin}/lti/notices`, { method: 'POST', headers: { 'content-type': contentType }, body })
  return { status: answer.status, json: await answer.json() }
}

describe('where notices go', () => {
  it('is told to the LMS at the first launch, for the deployment, and not again at the next', async () => {
    await eventually('the handler is registered', async () => (await subscription())?.registered_at != null)
    expect(school.lms.state.noticeHandlers?.[type]).toBe(`${school.origin}/lti/notices`)
    expect(await subscription()).toMatchObject({ notice_type: type, url: `${school.origin}/lti/notices`, failure: null })
    const before = handlers().length
    await launchAs(school, 'teacher1', placed.itemId)
    await subscribe((await subscription()).deployment_id)
    expect(handlers()).toHaveLength(before)
  })

  it('is tried again after an hour where the LMS did not take it, and looked at once a day', async () => {
    const { deployment_id } = await subscription()
    const hoursLater = (hours: number) =>
      queryAlone(`update notice_handlers set tried_at = tried_at - $1::int * interval '1 hour'`, [hours])
    school.lms.state.noticeHandlers = {}
    const { noticeTypes } = school.lms.quirks
    school.lms.quirks.noticeTypes = []
    await hoursLater(25)
    await subscribe(deployment_id)
    expect((await subscription()).failure).toMatch(/404/)
    school.lms.quirks.noticeTypes = noticeTypes
    await subscribe(deployment_id)
    expect(school.lms.state.noticeHandlers).toEqual({})
    await hoursLater(1)
    await subscribe(deployment_id)
    expect(await subscription()).toMatchObject({ failure: null })
    expect(school.lms.state.noticeHandlers?.[type]).toBe(`${school.origin}/lti/notices`)
    const puts = () => handlers().filter((it) => it.method === 'PUT').length
    const before = puts()
    await hoursLater(25)
    await subscribe(deployment_id)
    expect(puts(), 'what stands there is not written again').toBe(before)
  })
})

describe('a copied course', () => {
  it('is known by the notice, so that a student who opens its links first waits for the teacher’s word', async () => {
    const copy = await school.lms.copyCourse('2', { title: 'Biology, spring' })
    expect(await copies()).toContainEqual({
      external_id: copy.contextId,
      from_external_id: school.lms.state.courses.get('2')?.contextId,
      title: 'Biology, spring',
      told_by: 'notice',
    })
    const item = [...school.lms.state.items.values()].find((it) => it.courseId === copy.id)
    const student = await launchAs(school, 'student1', item?.id ?? '')
    const path = `/api/placements/${student.data.session.placement.id}/origin`
    expect((await callTool(school.origin, student.token, 'GET', path)).json).toEqual({ waitsForTeacher: true, origin: null })
    const teacher = await launchAs(school, 'teacher1', item?.id ?? '')
    const { json } = await callTool(school.origin, teacher.token, 'GET', path)
    expect(json.origin).toMatchObject({ courseTitle: 'Introduction to Biology', decision: null })
    expect((await callTool(school.origin, teacher.token, 'PUT', path, { decision: 'copy', all: true })).status).toBe(200)
    expect((await launchAs(school, 'student1', item?.id ?? '')).data.island).toBe('player')
  })

  it('whose notice got lost is not made up: the launch alone says nothing here', async () => {
    school.lms.state.noticeHandlers = {}
    const copy = await school.lms.copyCourse('2', { title: 'Unannounced' })
    const item = [...school.lms.state.items.values()].find((it) => it.courseId === copy.id)
    const student = await launchAs(school, 'student1', item?.id ?? '')
    const path = `/api/placements/${student.data.session.placement.id}/origin`
    expect((await callTool(school.origin, student.token, 'GET', path)).json).toEqual({ waitsForTeacher: false, origin: null })
  })
})

describe('a notice', () => {
  it('is taken, several at once too, with origins as ids or objects', async () => {
    const jwts = [signed(), signed({ [claim.originContexts]: [{ id: 'origin-as-object' }] })]
    expect(await tell(...jwts)).toEqual({ status: 200, json: {} })
    expect(await copies()).toContainEqual(expect.objectContaining({ from_external_id: 'origin-as-object', told_by: 'notice' }))
  })

  it('of another kind is taken and changes nothing', async () => {
    const before = await copies()
    const hello = { id: randomUUID(), timestamp: new Date().toISOString(), type: 'LtiHelloWorldNotice' }
    expect((await tell(signed({ [claim.notice]: hello, [claim.context]: undefined, [claim.originContexts]: undefined }))).status).toBe(200)
    expect(await copies()).toEqual(before)
  })

  it('that waited for half an hour is taken; one of yesterday is not', async () => {
    const now = Math.floor(Date.now() / 1000)
    expect((await tell(signed({ iat: now - 1800 }))).status).toBe(200)
    expect((await tell(signed({ iat: now - 86_400, exp: now + 86_400 }))).json).toMatchObject({ status: 401, code: 'notice_refused' })
  })

  it('is taken once, of any number of the same at once', async () => {
    const jwt = signed({ [claim.originContexts]: ['origin-once'] })
    const answers = await Promise.all(Array.from({ length: 12 }, () => tell(jwt)))
    expect(answers.map((it) => it.status).sort()).toEqual([200, ...Array.from({ length: 11 }, () => 401)])
    expect((await copies()).filter((it) => it.from_external_id === 'origin-once')).toHaveLength(1)
  })

  it('that is wrong does not spoil the others of its list', async () => {
    const good = signed({ [claim.originContexts]: ['origin-beside-a-bad-one'] })
    expect((await tell('rubbish', good)).status).toBe(401)
    expect(await copies()).toContainEqual(expect.objectContaining({ from_external_id: 'origin-beside-a-bad-one' }))
  })

  const forged = (options: Wire) => () => school.lms.platform.signIdToken(noticeOf(), options)
  it.each<[string, () => string, number, string]>([
    ['no token', () => 'rubbish', 401, 'notice_refused'],
    ['signed by nobody (alg none)', forged({ alg: 'none' }), 401, 'notice_refused'],
    ['with a signature that is not right', () => `${signed().split('.').slice(0, 2).join('.')}.${'A'.repeat(342)}`, 401, 'notice_refused'],
    ['from an LMS that is not registered', () => signed({ iss: 'https://elsewhere.example' }), 401, 'notice_refused'],
    ['meant for another tool', () => signed({ aud: 'another', azp: undefined }), 401, 'notice_refused'],
    ['for several, without azp', () => signed({ aud: [school.lms.quirks.clientId, 'another'], azp: undefined }), 401, 'notice_refused'],
    ['too old', () => signed({ exp: 1 }), 401, 'notice_refused'],
    ['without an end', () => signed({ exp: undefined }), 401, 'notice_refused'],
    ['from the future', () => signed({ iat: Math.floor(Date.now() / 1000) + 600 }), 401, 'notice_refused'],
    ['without a nonce', () => signed({ nonce: undefined }), 401, 'notice_refused'],
    ['with a nonce that is none', () => signed({ nonce: '' }), 400, 'notice_malformed'],
    ['of a deployment that nobody knows', () => signed({ [claim.deploymentId]: 'never-seen' }), 403, 'deployment_pending'],
    ['of no deployment', () => signed({ [claim.deploymentId]: undefined }), 403, 'deployment_pending'],
    ['of no kind', () => signed({ [claim.notice]: { id: '1' } }), 400, 'notice_malformed'],
    ['of another version', () => signed({ [claim.version]: '1.1' }), 400, 'notice_malformed'],
    ['of a copy of nothing', () => signed({ [claim.originContexts]: 'x' }), 400, 'notice_malformed'],
    ['of a copy without a course', () => signed({ [claim.context]: { title: 'x' } }), 400, 'notice_malformed'],
  ])('%s is refused, and nothing is kept of it', async (_says, make, status, code) => {
    const before = [await copies(), await queryAlone('select id from deployments')]
    expect((await tell(make())).json).toMatchObject({ status, code, supportCode: expect.any(String) })
    expect([await copies(), await queryAlone('select id from deployments')]).toEqual(before)
  })

  it.each([
    ['no JSON', '{', 400],
    ['no list', '{"notices":{}}', 400],
    ['an empty list', '{"notices":[]}', 400],
    ['a list of others', '{"notices":[1]}', 400],
    ['more than a list can hold', JSON.stringify({ notices: Array.from({ length: 51 }, () => ({ jwt: 'x' })) }), 400],
    ['300 kB', `{"notices":[{"jwt":"${'x'.repeat(300_000)}"}]}`, 413],
  ])('%s is refused', async (_says, body, status) => {
    expect((await post(body)).status).toBe(status)
  })

  it('leaves a line in the flight recorder, found by its code', async () => {
    const { json } = await tell(signed({ [claim.deploymentId]: 'never-seen' }))
    await eventually('it is written down', async () => {
      const rows = await queryAlone<Wire>('select kind, outcome, reason, deployment_id from flights where support_code = $1', [
        json.supportCode,
      ])
      return rows[0]?.reason === 'deployment_pending' && rows[0]?.kind === 'notice' && rows[0]?.outcome === 'refused'
    })
  })

  it('of a refused installation is refused from then on', async () => {
    const [row] = await queryAlone<Wire>('select registration_id from deployments limit 1')
    await refuseDeployment(row.registration_id, school.lms.quirks.deploymentId)
    expect((await tell(signed())).status).toBe(403)
  })
})
