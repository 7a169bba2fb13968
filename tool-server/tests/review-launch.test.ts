// Launches that review, relaunched submissions, Student View, assistants and nameless people: each is what it is.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { claim } from '../../fixtures/lms-simulator/index.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { submissionUrl } from '../src/modules/lti/services/submission-url.ts'
import { callTool, eventually, launchDataIn, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, type Placed, placeSample, rightAnswers, type Seat } from './_journey.ts'

let school: TestSchool
let placed: Placed
let student: Seat
let attemptId: string
const sampleId = 'photosynthesis-and-cell-energy'
const lis = 'http://purl.imsglobal.org/vocab/lis/v2'

beforeAll(async () => {
  school = await startSchool()
  placed = await placeSample(school)
  student = await launchAs(school, 'student1', placed.itemId)
  attemptId = student.data.player.current.id
  const answers = rightAnswers(sampleId, student.data.player.current.questions).slice(0, 2)
  const done = await callTool(school.origin, student.token, 'POST', `/api/attempts/${attemptId}/submit`, {
    key: crypto.randomUUID(),
    answers,
  })
  expect(done.status).toBe(200)
})
afterAll(() => school.stop())

/** A launch whose claims are changed before they are signed. */
async function launchWith(person: string, change: (claims: Wire) => void, reviewOf?: string): Promise<{ status: number; text: string }> {
  const walk = await school.lms.journey.walkLaunch({ person, item: placed.itemId, ...(reviewOf ? { reviewOf } : {}) })
  const claims = JSON.parse(Buffer.from(walk.formFields.id_token?.split('.')[1] ?? '', 'base64url').toString())
  change(claims)
  const answer = await walk.launch({ id_token: school.lms.platform.signIdToken(claims) })
  return { status: answer.status, text: await answer.text() }
}
const ask = (token: string, path: string, method = 'GET', body?: unknown) => callTool(school.origin, token, method, path, body)

it('A review launched from the gradebook opens that learner’s work for an instructor', async () => {
  const column = [...school.lms.state.lineItems.values()].find((it) => it.submissionReview)
  expect(column?.submissionReview).toMatchObject({ reviewableStatus: expect.arrayContaining(['Submitted']) })
  const { status, text } = await launchWith('teacher1', () => {}, 'student1')
  expect(status).toBe(200)
  const data = launchDataIn(text) as Wire
  const { placementId, personId } = data.review
  expect(data).toMatchObject({ island: 'review', player: null, overview: null, session: { purpose: 'review', role: 'instructor' } })
  expect(personId).toBe(student.data.session.person.id)
  const page = await ask(data.token, `/api/placements/${placementId}/learners/${personId}`)
  expect(page.json).toMatchObject({ attempts: [{ id: attemptId, state: 'submitted' }], mayChange: true })
  const attempt = await ask(data.token, `/api/attempts/${attemptId}`)
  expect(attempt.json.outcome.questions.length).toBe(attempt.json.questions.length)
  expect((await ask(data.token, '/api/launch')).json).toMatchObject({ island: 'review', review: { personId } })
  expect((await ask(data.token, `/api/placements/${placementId}/attempts`, 'POST')).json).toMatchObject({ code: 'placement_read_only' })
})

it('Where the institution withholds names, a review from the gradebook names that learner, and no other', async () => {
  const { institution_id } = (await queryAlone<Wire>('select institution_id from people limit 1'))[0] ?? {}
  await queryAlone('insert into privacy_settings (institution_id, pseudonyms, updated_at) values ($1, true, now())', [institution_id])
  const data = launchDataIn((await launchWith('teacher1', () => {}, 'student1')).text) as Wire
  const { placementId, personId } = data.review
  const page = await ask(data.token, `/api/placements/${placementId}/learners/${personId}`)
  expect(page.json).toMatchObject({ withheld: true, person: { id: personId }, attempts: [{ id: attemptId }] })
  expect((await ask(data.token, `/api/attempts/${attemptId}`)).status).toBe(200)
  expect((await ask(data.token, `/api/placements/${placementId}/overview`)).json).toMatchObject({ naming: 'withheld' })
  const other = await ask(data.token, `/api/placements/${placementId}/learners/${randomUUID()}`)
  expect(other.json).toMatchObject({ code: 'names_withheld' })
  await queryAlone('delete from privacy_settings')
})

it('A review of somebody never seen says so without a person', async () => {
  const { text } = await launchWith(
    'teacher1',
    (claims) => {
      claims[claim.forUser] = { user_id: 'nobody-we-know' }
    },
    'student1',
  )
  expect((launchDataIn(text) as Wire).review).toMatchObject({ personId: null, attemptId: null })
})

it('A learner may review his own work, and no other’s', async () => {
  const own = await launchWith('student1', () => {}, 'student1')
  expect(launchDataIn(own.text)).toMatchObject({
    island: 'player',
    session: { purpose: 'review' },
    player: { records: false, canStart: false },
  })
  const foreign = await launchWith('student2', () => {}, 'student1')
  expect(foreign.status).toBe(403)
  expect(foreign.text).not.toContain(attemptId)
})

it.each([
  ['as it was made', (url: string) => url],
  ['with its query encoded once more', (url: string) => url.replace('?attempt=', '?attempt%3D')],
  ['with its query encoded twice more', (url: string) => url.replace('?attempt=', '?attempt%253D')],
])('A score’s own address opens the attempt again: %s', async (_how, change) => {
  const address = change(submissionUrl(placed.activityId, attemptId))
  const target = (claims: Wire) => {
    claims[claim.targetLinkUri] = address
  }
  const teacher = launchDataIn((await launchWith('teacher1', target)).text) as Wire
  expect(teacher).toMatchObject({ island: 'review', review: { attemptId, personId: student.data.session.person.id } })
  const own = launchDataIn((await launchWith('student1', target)).text) as Wire
  expect(own).toMatchObject({ island: 'player', session: { purpose: 'review' }, review: { attemptId } })
  const other = launchDataIn((await launchWith('student2', target)).text) as Wire
  expect(other).toMatchObject({ island: 'player', session: { purpose: 'activity' }, review: null })
})

it('Student View takes the quiz, and nothing of it is sent, counted or listed', async () => {
  const { text } = await launchWith('student3', (claims) => {
    claims.sub = 'test-student'
    claims[claim.roles] = [`${lis}/membership#Learner`, `${lis}/system/person#TestUser`]
  })
  const { token, session, player } = launchDataIn(text) as Wire
  expect(player.records).toBe(true)
  const handed = await ask(token, `/api/attempts/${player.current.id}/submit`, 'POST', { key: crypto.randomUUID(), answers: [] })
  expect(handed.json.outcome.score).toBe(0)
  const results = await queryAlone('select 1 from results where person_id = $1', [session.person.id])
  expect(results).toEqual([])
  expect(await queryAlone(`select 1 from events where name = 'assessment.result.changed' and person_id = $1`, [session.person.id])).toEqual(
    [],
  )
  const teacher = await launchAs(school, 'teacher1', placed.itemId)
  expect(teacher.data.overview.learners.map((it: Wire) => it.personId)).not.toContain(session.person.id)
})

it('A teaching assistant sees the overview and a learner’s page, and changes nothing', async () => {
  const { text } = await launchWith('teacher1', (claims) => {
    claims.sub = 'assistant-1'
    claims[claim.roles] = [`${lis}/membership/Instructor#TeachingAssistant`, `${lis}/membership#Instructor`]
  })
  const { token, session, island, overview } = launchDataIn(text) as Wire
  expect({ island, role: session.role }).toEqual({ island: 'overview', role: 'assistant' })
  const learner = overview.learners.find((it: Wire) => it.personId === student.data.session.person.id)
  const path = `/api/placements/${session.placement.id}/learners/${learner.personId}`
  expect((await ask(token, path)).json).toMatchObject({ mayChange: false })
  for (const [method, at, body] of [
    ['PUT', `${path}/override`, { score: 1, comment: null }],
    ['DELETE', `${path}/override`, undefined],
    ['PUT', `${path}/allowance`, { extraAttempts: 1, extraSeconds: 0 }],
    [
      'PUT',
      `/api/placements/${session.placement.id}/settings`,
      { opensAt: null, dueAt: null, closesAt: null, late: 'accept', emptyIsZero: true },
    ],
    ['GET', '/api/activities', undefined],
  ] as const)
    expect((await ask(token, at, method, body)).status).toBe(403)
})

it('An anonymous launch shows the questions and records nothing', async () => {
  const { text } = await launchWith('student2', (claims) => {
    delete claims.sub
    delete claims[claim.lis]
  })
  const { token, player } = launchDataIn(text) as Wire
  expect(player).toMatchObject({ records: false, canStart: false })
  expect(player.current.questions.length).toBe(player.activity.questionCount)
  expect(JSON.stringify(player.current)).not.toContain('"correct"')
  const save = await ask(token, `/api/attempts/${player.current.id}/answers`, 'PUT', {
    answers: rightAnswers(sampleId, player.current.questions),
  })
  expect(save.status).toBe(403)
})

it('An override and its comment arrive in the gradebook, and so does taking it back', async () => {
  const teacher = await launchAs(school, 'teacher1', placed.itemId)
  const path = `/api/placements/${student.data.session.placement.id}/learners/${student.data.session.person.id}/override`
  const { json } = await ask(teacher.token, path, 'PUT', { score: 7, comment: 'Oral exam' })
  expect(json.result.score).toBe(7)
  const held = () => [...school.lms.state.grades.values()].flat().map((it: Wire) => [it.scoreGiven ?? it.score, it.comment])
  await eventually('the override is in the gradebook', () => held().some(([, comment]) => comment === 'Oral exam'))
  const back = await ask(teacher.token, path, 'DELETE')
  await eventually('the attempts count again', async () => {
    const { json: page } = await ask(teacher.token, path.replace('/override', ''))
    return page.result.sync.state === 'accepted' && page.result.score === back.json.result.score
  })
})

it('A running attempt’s page hears of extra time within two seconds', async () => {
  const timed = await launchAs(school, 'student2', placed.itemId)
  const attempt =
    timed.data.player.current ?? (await ask(timed.token, `/api/placements/${timed.data.session.placement.id}/attempts`, 'POST')).json
  const stop = new AbortController()
  const answer = await fetch(`${school.origin}/api/attempts/${attempt.id}/live`, {
    headers: { authorization: `Bearer ${timed.token}` },
    signal: stop.signal,
  })
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  const reader = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toContain('"state":"open"')
  const teacher = await launchAs(school, 'teacher1', placed.itemId)
  const settings = `/api/placements/${timed.data.session.placement.id}/settings`
  const closesAt = new Date(Date.now() + 3_600_000).toISOString()
  const put = await ask(teacher.token, settings, 'PUT', { opensAt: null, dueAt: null, closesAt, late: 'accept', emptyIsZero: false })
  expect(put.status).toBe(200)
  const first = Date.now()
  expect((await reader.read()).value).toContain(closesAt)
  const learner = `/api/placements/${timed.data.session.placement.id}/learners/${timed.data.session.person.id}`
  await ask(teacher.token, `${learner}/allowance`, 'PUT', { extraAttempts: 0, extraSeconds: 300 })
  expect((await reader.read()).value).toContain(new Date(Date.parse(closesAt) + 300_000).toISOString())
  expect(Date.now() - first).toBeLessThan(2000)
  const stranger = await fetch(`${school.origin}/api/attempts/${attempt.id}/live`, {
    headers: { authorization: `Bearer ${student.token}` },
  })
  expect(stranger.status).toBe(404)
  stop.abort()
})
