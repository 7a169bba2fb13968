// Scores that the LMS will not have: refused once, with words that teacher and student see; and how Canvas counts submissions.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fault, ScoreCall } from '../../fixtures/lms-simulator/index.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { readBack } from '../src/modules/lti/services/reading-back.ts'
import { callTool, eventually, startSchool, type TestSchool } from './_app.ts'
import { launchAs, type Placed, placeSample, rightAnswers } from './_journey.ts'

let school: TestSchool
let placed: Placed
let lineItem: string
const submission = 'https://canvas.instructure.com/lti/submission'

async function open(profile: 'moodle' | 'canvas'): Promise<void> {
  school = await startSchool({ profile, env: { LOG_LEVEL: 'silent' } })
  placed = await placeSample(school)
  lineItem = school.lms.state.items.get(placed.itemId)?.lineItemId ?? ''
}

/** The next so many scores meet this. */
function answerScores(fault: Fault, times = Number.POSITIVE_INFINITY): void {
  let left = times
  school.lms.faults.ags = ({ kind }) => (kind === 'score' && left-- > 0 ? fault : undefined)
}

type Seat = Awaited<ReturnType<typeof newLearner>>

/** A learner of their own, before the quiz. */
async function newLearner() {
  const { id: person } = school.lms.addPerson({ givenName: 'Lee', familyName: 'Learner', courses: { '2': 'learner' } })
  const { token, data } = await launchAs(school, person, placed.itemId)
  return { person, token, placementId: data.session.placement.id as string, personId: data.session.person.id as string }
}

async function handIn({ token, placementId }: Seat, right = 99): Promise<number> {
  const { json: attempt } = await callTool(school.origin, token, 'POST', `/api/placements/${placementId}/attempts`)
  const answers = rightAnswers('photosynthesis-and-cell-energy', attempt.questions).slice(0, right)
  const { json } = await callTool(school.origin, token, 'POST', `/api/attempts/${attempt.id}/submit`, { key: randomUUID(), answers })
  return json.outcome.score
}

const seenBy = async ({ token, placementId }: Seat) =>
  (await callTool(school.origin, token, 'GET', `/api/placements/${placementId}/player`)).json.result.sync
const comesTo = (seat: Seat, state: string) =>
  eventually(`the student sees ${state}`, async () => (await seenBy(seat)).state === state, 40_000)

type Sent = ScoreCall & { body: { userId: string; timestamp: string; gradingProgress: string; [submission]?: Record<string, unknown> } }
const sentFor = ({ person }: Seat): Sent[] => (school.lms.scores as Sent[]).filter((it) => it.body.userId === person)
const gradeOf = ({ person }: Seat) => school.lms.state.grades.get(`${lineItem} ${person}`)

describe('in Moodle', { timeout: 60_000 }, () => {
  beforeAll(() => open('moodle'))
  afterAll(() => school?.stop())

  /** What the LMS answers, or what happens there before the score comes. */
  const refusals: [string, Fault | ((seat: Seat) => void), RegExp][] = [
    ['no longer has the student in the course', ({ person }) => school.lms.dropPerson('2', person), /may not be a student/],
    [
      'answers 422',
      { status: 422, body: '{"errors":{"type":"unprocessable","message":"User not found in course"}}' },
      /User not found in course/,
    ],
    ['answers 403', { status: 403, body: '{"reason":"No permission"}' }, /does not allow .*No permission/],
    ['answers 410', { status: 410 }, /column does not exist/],
    ['has lost the column', () => school.lms.removeItem(placed.itemId), /column does not exist/],
  ]
  it.each(refusals)('a score is refused with words, once, when the LMS %s', async (_says, why, words) => {
    const seat = await newLearner()
    if (typeof why === 'function') why(seat)
    else answerScores(why)
    await handIn(seat)
    await comesTo(seat, 'refused')
    school.lms.faults.clear()
    const sync = await seenBy(seat)
    expect(sync.reason).toMatch(words)
    expect(sync.reason).not.toMatch(/<|@|undefined/)
    const overview = await callTool(school.origin, placed.instructor, 'GET', `/api/placements/${seat.placementId}/overview`)
    expect(overview.json.learners.find((it: { personId: string }) => it.personId === seat.personId).result.sync).toEqual(sync)
    const parked = await queryAlone(
      `select d.state, d.last_error from deliveries d join events e on e.id = d.event_id where d.listener = 'lti.send-score' and e.person_id = $1`,
      [seat.personId],
    )
    expect(parked).toEqual([{ state: 'parked', last_error: sync.reason }])
    const told = await queryAlone(
      `select data->>'reason' as reason from events where name = 'gradebook.score.refused' and person_id = $1`,
      [seat.personId],
    )
    expect(told).toEqual([{ reason: sync.reason }])
    expect(sentFor(seat)).toHaveLength(1)
    expect(gradeOf(seat)).toBeUndefined()
  })

  it('a refused score does not stand in the way of the next Result', async () => {
    placed = await placeSample(school)
    lineItem = school.lms.state.items.get(placed.itemId)?.lineItemId ?? ''
    const seat = await newLearner()
    answerScores({ status: 403 })
    await handIn(seat, 1)
    await comesTo(seat, 'refused')
    school.lms.faults.clear()
    const score = await handIn(seat)
    await comesTo(seat, 'accepted')
    expect(gradeOf(seat)?.score).toBe(score)
    expect(await seenBy(seat)).toMatchObject({ reason: null })
  })
})

describe('in Canvas', { timeout: 60_000 }, () => {
  beforeAll(() => open('canvas'))
  afterAll(() => school?.stop())

  it('a first try is a new submission; its retries are none', async () => {
    const seat = await newLearner()
    answerScores({ status: 500 }, 2)
    await handIn(seat)
    await comesTo(seat, 'accepted')
    expect(sentFor(seat).map((it) => it.body[submission]?.new_submission)).toEqual([undefined, false, false])
    await handIn(seat)
    await eventually('the second Result is taken', () => sentFor(seat).length === 4)
    await comesTo(seat, 'accepted')
    expect(sentFor(seat)[3]?.body[submission]?.new_submission).toBeUndefined()
  })

  it('a score whose answer was lost uses up one attempt', async () => {
    const seat = await newLearner()
    answerScores({ dropAfterStore: true }, 1)
    const score = await handIn(seat)
    await comesTo(seat, 'accepted')
    expect(sentFor(seat).map((it) => it.accepted)).toEqual([true, true])
    expect(new Set(sentFor(seat).map((it) => it.body.timestamp)).size).toBe(1)
    expect(gradeOf(seat)).toMatchObject({ score, submissions: 1 })
  })

  it('a 403 that only means “slower” is no refusal', async () => {
    const seat = await newLearner()
    answerScores({ status: 403, headers: { 'x-rate-limit-remaining': '0' }, body: '403 Forbidden (Rate Limit Exceeded)' }, 1)
    const score = await handIn(seat)
    await comesTo(seat, 'accepted')
    expect(sentFor(seat).map((it) => it.status)).toEqual([403, 200])
    expect(gradeOf(seat)?.score).toBe(score)
  })

  it('400 for an older time is settled by a later one, not taken for a refusal', async () => {
    const seat = await newLearner()
    await handIn(seat, 1)
    await comesTo(seat, 'accepted')
    const grade = gradeOf(seat)
    if (!grade) throw new Error('no grade')
    grade.timestamp = new Date(Date.now() + 120_000).toISOString()
    const newest = await handIn(seat)
    await comesTo(seat, 'accepted')
    expect(sentFor(seat).map((it) => it.status)).toEqual([200, 400, 200])
    expect(gradeOf(seat)?.score).toBe(newest)
  })

  it('who is no student there is refused with Canvas’s own words', async () => {
    const seat = await newLearner()
    school.lms.dropPerson('2', seat.person)
    await handIn(seat)
    await comesTo(seat, 'refused')
    expect((await seenBy(seat)).reason).toMatch(/User not found in course or is not a student/)
  })

  it('each score asks that a teacher’s grade stays and that no grade is cleared, and says where the work opens again', async () => {
    const seat = await newLearner()
    answerScores({ status: 500 }, 1)
    await handIn(seat)
    await comesTo(seat, 'accepted')
    const [attempt] = await queryAlone('select id from attempts where person_id = $1', [seat.personId])
    const asked = {
      prioritize_non_tool_grade: true,
      preserve_score: true,
      submission_type: 'basic_lti_launch',
      submission_data: expect.stringMatching(new RegExp(`^${school.origin}/lti/activities/${placed.activityId}\\?.*${attempt?.id}`)),
    }
    expect(sentFor(seat).map((it) => it.body[submission])).toEqual([asked, { ...asked, new_submission: false }])
    expect(sentFor(seat).map((it) => it.body.gradingProgress)).toEqual(['FullyGraded', 'FullyGraded'])
  })

  it('a grade that a teacher typed there survives a later Result, and the learner is told that it differs', async () => {
    const seat = await newLearner()
    await handIn(seat, 1)
    await comesTo(seat, 'accepted')
    school.lms.gradeByHand(lineItem, seat.person, 7.5, 'Orally')
    const better = await handIn(seat)
    await eventually('the later Result was taken', () => sentFor(seat).length === 2)
    await comesTo(seat, 'accepted')
    expect(sentFor(seat)[1]).toMatchObject({ status: 200, accepted: true, body: { scoreGiven: better } })
    expect(better).not.toBe(7.5)
    expect(gradeOf(seat)).toMatchObject({ score: 7.5, comment: 'Orally' })
    // Looked for in the gradebook a while later.
    await queryAlone(`update score_ledger set answered_at = answered_at - interval '1 hour' where person_id = $1`, [seat.personId])
    await readBack.run()
    expect(await seenBy(seat)).toMatchObject({ state: 'accepted', seen: 'other' })
    expect(gradeOf(seat)?.score).toBe(7.5)
    expect(sentFor(seat)).toHaveLength(2)
  })
})
