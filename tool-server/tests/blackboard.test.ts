// Blackboard's gradebook: a score that comes without a comment erases the one that stands there (fact 29), so that one is read first
// and sent along; and who is not enrolled is refused with words, and tried again when the class list has them.
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Fault, ScoreCall } from '../../fixtures/lms-simulator/index.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { callTool, eventually, startSchool, type TestSchool } from './_app.ts'
import { launchAs, type Placed, placeSample, rightAnswers } from './_journey.ts'

const sample = 'photosynthesis-and-cell-energy'
let school: TestSchool
let placed: Placed
let lineItem: string
beforeAll(async () => {
  school = await startSchool({ profile: 'blackboard', env: { LOG_LEVEL: 'silent' } })
  placed = await placeSample(school, sample)
  lineItem = school.lms.state.items.get(placed.itemId)?.lineItemId ?? ''
})
afterEach(() => school.lms.faults.clear())
afterAll(() => school?.stop())

type Seat = Awaited<ReturnType<typeof newLearner>>
async function newLearner() {
  const { id: person } = school.lms.addPerson({ givenName: 'Lee', familyName: 'Learner', courses: { '2': 'learner' } })
  const { token, data } = await launchAs(school, person, placed.itemId)
  return { person, token, placementId: data.session.placement.id as string, personId: data.session.person.id as string }
}
async function handIn({ token, placementId }: Seat, right = 99): Promise<number> {
  const { json: attempt } = await callTool(school.origin, token, 'POST', `/api/placements/${placementId}/attempts`)
  const body = { key: randomUUID(), answers: rightAnswers(sample, attempt.questions).slice(0, right) }
  const { status, json, text } = await callTool(school.origin, token, 'POST', `/api/attempts/${attempt.id}/submit`, body)
  expect(status, text).toBe(200)
  return json.outcome.score
}
const seenBy = async ({ token, placementId }: Seat) =>
  (await callTool(school.origin, token, 'GET', `/api/placements/${placementId}/player`)).json.result.sync
const comesTo = (seat: Seat, state: string) =>
  eventually(`the student sees ${state}`, async () => (await seenBy(seat)).state === state, 30_000)
const gradeOf = ({ person }: Seat) => school.lms.state.grades.get(`${lineItem} ${person}`)
type Sent = ScoreCall & { body: { userId: string; comment?: string; timestamp: string } }
const sentFor = ({ person }: Seat): Sent[] => (school.lms.scores as Sent[]).filter((it) => it.body.userId === person)
const resultsAsked = () => school.lms.calls.filter((it) => it.kind === 'results').map((it) => it.path)

/** A first score is in the gradebook, and a teacher has written something beside it there. */
async function commented(words: string): Promise<Seat> {
  const seat = await newLearner()
  await handIn(seat, 1)
  await comesTo(seat, 'accepted')
  school.lms.gradeByHand(lineItem, seat.person, gradeOf(seat)?.score ?? 0, words)
  return seat
}

describe('A score that is handed in', { timeout: 60_000 }, () => {
  it('arrives, scaled to the column and without a comment of its own', async () => {
    const seat = await newLearner()
    const score = await handIn(seat)
    await comesTo(seat, 'accepted')
    expect(gradeOf(seat)).toMatchObject({ score, comment: null })
    expect(sentFor(seat).map((it) => it.status)).toEqual([200])
    expect(sentFor(seat)[0]?.body).not.toHaveProperty('comment')
  })

  it('keeps the comment that a teacher wrote in Blackboard’s gradebook', async () => {
    const seat = await commented('See me about question 3')
    const asked = resultsAsked().length
    const better = await handIn(seat)
    await eventually('the better score is there', () => gradeOf(seat)?.score === better)
    expect(gradeOf(seat)?.comment).toBe('See me about question 3')
    // Results of one person leave comments out there: the whole list is read.
    const paths = resultsAsked().slice(asked)
    expect(paths.length).toBeGreaterThan(0)
    for (const path of paths) expect(path).not.toContain('user_id')
  })

  it.each<[string, Fault]>([
    ['is busy', { status: 503 }],
    ['cuts the line', { drop: true }],
    ['asks us to slow down', { status: 429, headers: { 'retry-after': '1' } }],
    ['shows its login page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' }],
  ])('waits rather than erase that comment while Blackboard %s', async (_says, fault) => {
    const seat = await commented('Well argued')
    let left = 1
    school.lms.faults.ags = ({ kind }) => (kind === 'results' && left-- > 0 ? fault : undefined)
    const better = await handIn(seat)
    await eventually('the better score is there', () => gradeOf(seat)?.score === better, 30_000)
    expect(left, 'the Results were asked for while they could not be had').toBeLessThanOrEqual(0)
    expect(gradeOf(seat)?.comment).toBe('Well argued')
    expect(sentFor(seat)).toHaveLength(2)
  })

  it('brings the comment that the teacher gives with a score in Cuepoint, instead of the old one', async () => {
    const seat = await commented('Old words')
    const path = `/api/placements/${seat.placementId}/learners/${seat.personId}/override`
    const teacher = await launchAs(school, 'teacher1', placed.itemId)
    const set = await callTool(school.origin, teacher.token, 'PUT', path, { score: 2, comment: 'New words' })
    expect(set.status, set.text).toBe(200)
    await eventually('the score of the teacher is there', () => gradeOf(seat)?.score === 2)
    expect(gradeOf(seat)?.comment).toBe('New words')
  })

  it.each([401, 403, 404])('goes without a comment where Blackboard does not let us read Results (%i)', async (status) => {
    const seat = await newLearner()
    school.lms.faults.ags = ({ kind }) => (kind === 'results' ? { status } : undefined)
    const score = await handIn(seat)
    await comesTo(seat, 'accepted')
    expect(gradeOf(seat)?.score).toBe(score)
  })
})

it('Who is not enrolled is refused with plain words, and sent again when the class list has them', { timeout: 60_000 }, async () => {
  const teacher = await launchAs(school, 'teacher1', placed.itemId)
  const refresh = async () => {
    // The button may fetch again, as after a while.
    await queryAlone(`update rosters set tried_at = tried_at - interval '1 hour'`)
    const { status, json, text } = await callTool(school.origin, teacher.token, 'POST', '/api/roster/refresh')
    expect(status, text).toBe(200)
    expect(json.failure).toBeNull()
  }
  const seat = await newLearner()
  await refresh()
  school.lms.dropPerson('2', seat.person)
  const score = await handIn(seat)
  await comesTo(seat, 'refused')
  const { code, reason } = await seenBy(seat)
  expect(code).toBe('person')
  expect(reason).toMatch(/may not be a student of the course there: User could not be found/)
  expect(reason).not.toMatch(/[<{@]|undefined/)
  const overview = await callTool(school.origin, teacher.token, 'GET', `/api/placements/${seat.placementId}/overview`)
  expect(overview.json.learners.find((it: { personId: string }) => it.personId === seat.personId).result.sync.reason).toBe(reason)

  await refresh()
  expect(sentFor(seat), 'they are not on the list').toHaveLength(1)
  school.lms.state.courses.get('2')?.members.push({ personId: seat.person, role: 'learner' })
  await refresh()
  await comesTo(seat, 'accepted')
  expect(gradeOf(seat)?.score).toBe(score)
  expect(sentFor(seat).map((it) => it.status)).toEqual([400, 200])
})
