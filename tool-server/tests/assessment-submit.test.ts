// Handing in: once, by whoever is first; what counts; what the end of the time does.
import { randomUUID } from 'node:crypto'
import type { Caller } from '@cuepoint/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { setClock } from '../src/kernel/clock.ts'
import { queryAlone, transaction } from '../src/kernel/db.ts'
import { saveAnswers } from '../src/modules/assessment/answers.ts'
import { attemptOf, openAttempt } from '../src/modules/assessment/attempts.ts'
import { expireOverdue } from '../src/modules/assessment/expiry.ts'
import { playerOf } from '../src/modules/assessment/player.ts'
import { submitAttempt } from '../src/modules/assessment/submit.ts'
import { keepSync } from '../src/modules/assessment/sync.ts'
import { eventsNamed, newSchool, openQuizDatabase, placeQuiz, quizOf, republish, type School, textAnswer, textQuestion } from './_quiz.ts'

let close: () => Promise<void>
let school: School
beforeAll(async () => {
  close = (await openQuizDatabase()).close
})
afterAll(() => close())
afterEach(() => setClock())

const two = [textQuestion('q1'), textQuestion('q2')]
const mine = async (name: string, lea: Caller) => (await eventsNamed(name)).filter((event) => event.person_id === lea.personId)

/** Opens and hands in with so many right answers. */
async function take(lea: Caller, right: number): Promise<void> {
  const attempt = await openAttempt(lea, school.placementId)
  await submitAttempt(
    lea,
    attempt.id,
    randomUUID(),
    ['q1', 'q2'].slice(0, right).map((id) => textAnswer(id, 'right')),
  )
}

const resultOf = async (lea: Caller) => (await playerOf(lea, school.placementId)).result

describe('handing in', () => {
  it('fifty times at once with one key makes one attempt and one score', async () => {
    school = await newSchool()
    await placeQuiz(school, quizOf(two))
    const lea = await school.learner()
    const attempt = await openAttempt(lea, school.placementId)
    const key = randomUUID()
    const views = await Promise.all(Array.from({ length: 50 }, () => submitAttempt(lea, attempt.id, key, [textAnswer('q1', 'right')])))
    expect(new Set(views.map((view) => JSON.stringify({ ...view, serverNow: '' }))).size).toBe(1)
    expect(views[0]).toMatchObject({ state: 'submitted', outcome: { score: 1, maxScore: 2, timeUp: false } })
    expect(await mine('assessment.attempt.submitted', lea)).toHaveLength(1)
    const changed = await mine('assessment.result.changed', lea)
    expect(changed.map((event) => event.data)).toMatchObject([{ revision: 1, score: 1, maxScore: 2, comment: null }])
    expect(await queryAlone('select 1 from attempts where person_id = $1', [lea.personId])).toHaveLength(1)
    await expect(submitAttempt(lea, attempt.id, randomUUID(), [])).rejects.toMatchObject({ code: 'attempt_key_differs', status: 409 })
    await expect(saveAnswers(lea, attempt.id, [textAnswer('q2', 'right', 9)])).rejects.toMatchObject({ code: 'attempt_closed' })
    expect((await resultOf(lea))?.score).toBe(1)
  })

  it('with fifty keys at once gives it to one of them', async () => {
    school = await newSchool()
    await placeQuiz(school, quizOf(two))
    const lea = await school.learner()
    const attempt = await openAttempt(lea, school.placementId)
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => submitAttempt(lea, attempt.id, randomUUID(), [])))
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(outcomes.filter((one) => one.status === 'rejected' && one.reason.code === 'attempt_key_differs')).toHaveLength(49)
    expect(await mine('assessment.result.changed', lea)).toHaveLength(1)
  })

  it('takes the answers that come along where they are newer, and keeps the saved ones where they are', async () => {
    school = await newSchool()
    await placeQuiz(school, quizOf(two))
    const lea = await school.learner()
    const attempt = await openAttempt(lea, school.placementId)
    await saveAnswers(lea, attempt.id, [textAnswer('q1', 'right', 5), textAnswer('q2', 'wrong', 5)])
    const view = await submitAttempt(lea, attempt.id, randomUUID(), [textAnswer('q1', 'wrong', 4), textAnswer('q2', 'right', 6)])
    expect(view.outcome?.score).toBe(2)
    expect(view.answers).toEqual([textAnswer('q1', 'right', 5), textAnswer('q2', 'right', 6)])
    const [told] = await mine('assessment.attempt.submitted', lea)
    expect(told?.data.questions).toMatchObject([
      { questionId: 'q1', kind: 'short-text', score: 1, answer: { text: 'right' } },
      { questionId: 'q2', score: 1 },
    ])
  })

  it('refuses answers that do not fit and leaves all as it was', async () => {
    school = await newSchool()
    await placeQuiz(school, quizOf(two))
    const lea = await school.learner()
    const attempt = await openAttempt(lea, school.placementId)
    for (const answer of [textAnswer('q9', 'right'), { questionId: 'q1', seq: 1, value: { kind: 'true-false' as const, value: true } }]) {
      await expect(submitAttempt(lea, attempt.id, randomUUID(), [textAnswer('q2', 'right'), answer])).rejects.toMatchObject({
        code: 'answer_invalid',
        status: 400,
      })
      await expect(saveAnswers(lea, attempt.id, [textAnswer('q2', 'right'), answer])).rejects.toMatchObject({ code: 'answer_invalid' })
    }
    expect((await openAttempt(lea, school.placementId)).answers).toEqual([])
  })
})

describe('the Result', () => {
  it.each([
    ['best', 2],
    ['first', 1],
    ['last', 0],
    ['average', 1],
  ] as const)('by the rule "%s" of 1, 2, 0 of 2 points is %d', async (counting, score) => {
    school = await newSchool()
    await placeQuiz(school, quizOf(two, { counting }))
    const lea = await school.learner()
    for (const right of [1, 2, 0]) await take(lea, right)
    expect(await resultOf(lea)).toMatchObject({ score, maxScore: 2, attempts: 3 })
    expect((await mine('assessment.result.changed', lea)).map((event) => event.data.revision)).toEqual([1, 2, 3])
  })

  it('keeps what the LMS says of it, the newer revision first', async () => {
    school = await newSchool()
    await placeQuiz(school, quizOf(two))
    const lea = await school.learner()
    await take(lea, 1)
    const say = (state: 'waiting' | 'accepted' | 'refused', revision: number) => {
      const reason = state === 'refused' ? 'The LMS says no.' : null
      const mark = { placementId: school.placementId, personId: lea.personId ?? '', revision, state, reason, code: null }
      return transaction((tx) => keepSync(tx, [mark], new Date()))
    }
    const sync = async () => (await resultOf(lea))?.sync
    expect(await sync()).toEqual({ state: 'waiting', reason: null, at: null })
    await say('refused', 1)
    expect(await sync()).toMatchObject({ state: 'refused', reason: 'The LMS says no.' })
    await say('waiting', 1)
    expect(await sync()).toMatchObject({ state: 'waiting', reason: null })
    await say('accepted', 1)
    await say('accepted', 1)
    expect(await sync()).toMatchObject({ state: 'accepted' })
    await take(lea, 2)
    expect(await sync()).toMatchObject({ state: 'waiting' })
    await say('accepted', 2)
    await say('refused', 1)
    expect(await sync()).toMatchObject({ state: 'accepted' })
  })
})

describe('the end of the time', () => {
  const start = Date.now()
  const clock = (seconds: number) => setClock(() => start + seconds * 1000)

  async function timed(): Promise<{ lea: Caller; attemptId: string }> {
    school = await newSchool()
    await placeQuiz(school, quizOf(two, { timeLimitSeconds: 60, attemptsAllowed: 1 }))
    clock(0)
    const lea = await school.learner()
    const attempt = await openAttempt(lea, school.placementId)
    expect(attempt.deadlineAt).toBe(new Date(start + 60_000).toISOString())
    await saveAnswers(lea, attempt.id, [textAnswer('q1', 'right')])
    return { lea, attemptId: attempt.id }
  }

  it('lets answers in flight count, later ones not', async () => {
    const { lea, attemptId } = await timed()
    clock(62)
    await saveAnswers(lea, attemptId, [textAnswer('q2', 'right', 1)])
    clock(64)
    await expect(saveAnswers(lea, attemptId, [textAnswer('q2', 'late', 2)])).rejects.toMatchObject({ code: 'attempt_closed' })
    const view = await submitAttempt(lea, attemptId, randomUUID(), [textAnswer('q2', 'late', 3)])
    expect(view.outcome).toMatchObject({ score: 2, timeUp: true, submittedAt: new Date(start + 60_000).toISOString() })
  })

  it('is called so too where the page ran the clock down and handed in within the grace', async () => {
    const { lea, attemptId } = await timed()
    clock(61)
    const view = await submitAttempt(lea, attemptId, randomUUID(), [textAnswer('q2', 'right', 1)])
    expect(view.outcome).toMatchObject({ score: 2, timeUp: true })
  })

  it('hands in what was saved, once, by several servers at the same time', async () => {
    const { lea, attemptId } = await timed()
    clock(62)
    await expireOverdue()
    expect((await attemptOf(lea, attemptId)).state).toBe('open')
    clock(100)
    await Promise.all([expireOverdue(), expireOverdue(), expireOverdue()])
    expect((await attemptOf(lea, attemptId)).outcome).toMatchObject({
      score: 1,
      timeUp: true,
      submittedAt: new Date(start + 60_000).toISOString(),
    })
    expect(await mine('assessment.result.changed', lea)).toHaveLength(1)
    expect(await mine('assessment.attempt.expired', lea)).toHaveLength(1)
    // The learner's own click, too late, is no error and changes nothing.
    const late = await submitAttempt(lea, attemptId, randomUUID(), [textAnswer('q2', 'right', 9)])
    expect(late.outcome).toMatchObject({ score: 1, timeUp: true })
  })

  it.each(['player', 'open', 'read'] as const)('is seen by whoever touches the attempt first: %s', async (touch) => {
    const { lea, attemptId } = await timed()
    clock(90)
    if (touch === 'player')
      expect(await playerOf(lea, school.placementId)).toMatchObject({ current: null, canStart: false, result: { score: 1 } })
    if (touch === 'open') await expect(openAttempt(lea, school.placementId)).rejects.toMatchObject({ code: 'attempts_exhausted' })
    if (touch === 'read') expect((await attemptOf(lea, attemptId)).outcome).toMatchObject({ score: 1, timeUp: true })
  })

  it('that an author takes away later does not change a running attempt', async () => {
    const { lea, attemptId } = await timed()
    const [{ activity_id } = { activity_id: '' }] = await queryAlone<{ activity_id: string }>(
      'select activity_id from attempts where id = $1',
      [attemptId],
    )
    await republish(school, activity_id, quizOf(two))
    clock(90)
    await expect(saveAnswers(lea, attemptId, [textAnswer('q2', 'right')])).rejects.toMatchObject({ code: 'attempt_closed' })
  })
})
