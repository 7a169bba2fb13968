// The teacher's hand: each deed changes the Result, is told to the gradebook, is written down, and is out of reach of others.
import { randomUUID } from 'node:crypto'
import type { Caller, PlacementSettings } from '@cuepoint/contracts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { changeAllowance } from '../src/modules/assessment/allow.ts'
import { saveAnswers } from '../src/modules/assessment/answers.ts'
import { openAttempt } from '../src/modules/assessment/attempts.ts'
import { classFiguresOf } from '../src/modules/assessment/class-figures.ts'
import { expireOverdue } from '../src/modules/assessment/expiry.ts'
import { learnerPageOf } from '../src/modules/assessment/learner-page.ts'
import { overrideScore, removeOverride } from '../src/modules/assessment/override-score.ts'
import { overviewFor } from '../src/modules/assessment/overview.ts'
import { changePlacementSettings, placementSettingsOf } from '../src/modules/assessment/placement-settings.ts'
import { playerOf } from '../src/modules/assessment/player.ts'
import { recountPublished } from '../src/modules/assessment/recount.ts'
import { submitAttempt } from '../src/modules/assessment/submit.ts'
import { placementOf } from '../src/modules/identity/index.ts'
import { eventsNamed, newSchool, openQuizDatabase, placeQuiz, quizOf, republish, type School, textAnswer, textQuestion } from './_quiz.ts'

let close: () => Promise<void>
let school: School
beforeAll(async () => {
  close = (await openQuizDatabase()).close
})
beforeEach(async () => {
  school = await newSchool()
})
afterAll(() => close())
afterEach(() => setClock())

const two = [textQuestion('q1'), textQuestion('q2')]
const plain: PlacementSettings = { opensAt: null, dueAt: null, closesAt: null, late: 'accept', emptyIsZero: false }
const idOf = (caller: Caller) => caller.personId as string
const told = async (name: string, lea: Caller) =>
  (await eventsNamed(name)).filter((event) => event.person_id === lea.personId).map((event) => event.data)
const at = (seconds: number, start = Date.now()) => new Date(start + seconds * 1000).toISOString()

async function take(lea: Caller, right: number): Promise<void> {
  const attempt = await openAttempt(lea, school.placementId)
  const answers = ['q1', 'q2'].slice(0, right).map((id) => textAnswer(id, 'right'))
  await submitAttempt(lea, attempt.id, randomUUID(), answers)
}

describe('an override', () => {
  it('is the Result, with its comment, until it is taken back', async () => {
    await placeQuiz(school, quizOf(two))
    const lea = await school.learner()
    await take(lea, 1)
    const page = await overrideScore(school.instructor, school.placementId, idOf(lea), { score: 2, comment: 'Spoken answer' })
    expect(page).toMatchObject({ override: { score: 2, maxScore: 2, comment: 'Spoken answer', by: 'Ines' }, result: { score: 2 } })
    expect((await playerOf(lea, school.placementId)).result).toMatchObject({ score: 2, override: { comment: 'Spoken answer' } })
    await take(lea, 0)
    expect((await playerOf(lea, school.placementId)).result).toMatchObject({ score: 2, attempts: 2 })
    const back = await removeOverride(school.instructor, school.placementId, idOf(lea))
    expect(back).toMatchObject({ override: null, result: { score: 1, override: null } })
    const changed = await told('assessment.result.changed', lea)
    expect(changed.map(({ revision, score, comment }) => [revision, score, comment])).toEqual([
      [1, 1, null],
      [2, 2, 'Spoken answer'],
      [3, 2, 'Spoken answer'],
      [4, 1, null],
    ])
    expect(await told('assessment.override.set', lea)).toMatchObject([{ byPersonId: school.instructor.personId, score: 2 }])
    const [graded] = await told('assessment.attempt.graded', lea)
    expect(await told('assessment.attempt.regraded', lea)).toMatchObject([
      { attemptId: graded.attemptId, before: { score: graded.score }, score: 2, by: 'teacher' },
      { attemptId: graded.attemptId, before: { score: 2 }, score: 1, by: 'teacher' },
    ])
    expect(await told('assessment.override.removed', lea)).toHaveLength(1)
  })

  it('asked for twice is one, and both deeds stand in the history', async () => {
    await placeQuiz(school, quizOf(two))
    const lea = await school.learner()
    await take(lea, 1)
    const set = () => overrideScore(school.instructor, school.placementId, idOf(lea), { score: 0.5, comment: null })
    await Promise.all([set(), set(), set()])
    await removeOverride(school.instructor, school.placementId, idOf(lea))
    const { history } = await removeOverride(school.instructor, school.placementId, idOf(lea))
    expect(history.map(({ deed, by }) => [deed, by])).toEqual([
      ['override-removed', 'Ines'],
      ['override-set', 'Ines'],
    ])
    expect(history[1]).toMatchObject({ before: null, after: { score: 0.5, maxScore: 2, comment: null } })
    expect(await told('assessment.result.changed', lea)).toHaveLength(3)
  })

  it('needs work that was handed in, and ends with the activity it was for', async () => {
    await placeQuiz(school, quizOf(two))
    const lea = await school.learner()
    await openAttempt(lea, school.placementId)
    const set = () => overrideScore(school.instructor, school.placementId, idOf(lea), { score: 1, comment: null })
    await expect(set()).rejects.toMatchObject({ code: 'result_missing', status: 409 })
    await take(lea, 0)
    await set()
    await placeQuiz(school, quizOf(two), 'Another')
    await take(lea, 2)
    expect((await playerOf(lea, school.placementId)).result).toMatchObject({ score: 2, override: null })
  })
})

describe('who may', () => {
  it('is an instructor of the course and nobody else', async () => {
    await placeQuiz(school, quizOf(two))
    const lea = await school.learner()
    await take(lea, 1)
    const elsewhere = await newSchool()
    const assistant: Caller = { ...school.instructor, role: 'assistant' }
    const stranger = { ...elsewhere.instructor }
    for (const [caller, status] of [
      [lea, 403],
      [assistant, 403],
      [stranger, 404],
    ] as const) {
      const id = idOf(lea)
      for (const deed of [
        () => overrideScore(caller, school.placementId, id, { score: 2, comment: null }),
        () => removeOverride(caller, school.placementId, id),
        () => changeAllowance(caller, school.placementId, id, { extraAttempts: 1, extraSeconds: 0 }),
        () => changePlacementSettings(caller, school.placementId, { ...plain, emptyIsZero: true }),
      ])
        await expect(deed()).rejects.toMatchObject({ status })
    }
    const page = await learnerPageOf(assistant, school.placementId, idOf(lea))
    expect(page).toMatchObject({ mayChange: false, history: [], attempts: [{ score: 1 }] })
    await expect(learnerPageOf(stranger, school.placementId, idOf(lea))).rejects.toMatchObject({ status: 404 })
    const foreign = await elsewhere.learner()
    await expect(learnerPageOf(school.instructor, school.placementId, idOf(foreign))).rejects.toMatchObject({ code: 'learner_not_found' })
  })
})

describe('what is granted', () => {
  it('another attempt is one more for this learner only', async () => {
    await placeQuiz(school, quizOf(two, { attemptsAllowed: 1 }))
    const [lea, max] = [await school.learner(), await school.learner('Max')]
    for (const one of [lea, max]) await take(one, 0)
    const page = await changeAllowance(school.instructor, school.placementId, idOf(lea), { extraAttempts: 1, extraSeconds: 0 })
    expect(page).toMatchObject({ attemptsAllowed: 1, allowance: { extraAttempts: 1 } })
    expect(await playerOf(lea, school.placementId)).toMatchObject({ canStart: true, activity: { attemptsAllowed: 2 } })
    await take(lea, 2)
    for (const one of [lea, max]) await expect(openAttempt(one, school.placementId)).rejects.toMatchObject({ code: 'attempts_exhausted' })
    expect(await told('assessment.attempt.granted', lea)).toMatchObject([{ extraAttempts: 1 }])
  })

  it('extra time moves the end of the attempt under way and of the window', async () => {
    await placeQuiz(school, quizOf(two, { timeLimitSeconds: 60 }))
    const start = Date.now()
    setClock(() => start)
    await changePlacementSettings(school.instructor, school.placementId, { ...plain, closesAt: at(40, start) })
    const lea = await school.learner()
    const attempt = await openAttempt(lea, school.placementId)
    expect(attempt.deadlineAt).toBe(at(40, start))
    await saveAnswers(lea, attempt.id, [textAnswer('q1', 'right')])
    await changeAllowance(school.instructor, school.placementId, idOf(lea), { extraAttempts: 0, extraSeconds: 100 })
    expect((await openAttempt(lea, school.placementId)).deadlineAt).toBe(at(140, start))
    setClock(() => start + 130_000)
    await saveAnswers(lea, attempt.id, [textAnswer('q2', 'right')])
    setClock(() => start + 144_000)
    await expireOverdue()
    expect((await playerOf(lea, school.placementId)).result).toMatchObject({ score: 2 })
    const max = await school.learner('Max')
    await expect(openAttempt(max, school.placementId)).rejects.toMatchObject({ code: 'placement_not_open' })
  })
})

describe('the dates of a placement', () => {
  it('let nobody in before it opens', async () => {
    await placeQuiz(school, quizOf(two))
    await changePlacementSettings(school.instructor, school.placementId, { ...plain, opensAt: at(100) })
    const lea = await school.learner()
    await expect(openAttempt(lea, school.placementId)).rejects.toMatchObject({ code: 'placement_not_open' })
    expect(await playerOf(lea, school.placementId)).toMatchObject({ canStart: false, dates: { open: false } })
    expect((await openAttempt(school.instructor, school.placementId)).state).toBe('open')
    setClock(() => Date.now() + 101_000)
    expect((await openAttempt(lea, school.placementId)).state).toBe('open')
  })

  it('hand in and send what is unfinished at the end; started but empty is zero only where the teacher says so', async () => {
    await placeQuiz(school, quizOf(two))
    const [lea, max] = [await school.learner(), await school.learner('Max')]
    const attempt = await openAttempt(lea, school.placementId)
    await openAttempt(max, school.placementId)
    await saveAnswers(lea, attempt.id, [textAnswer('q1', 'right')])
    const settings = { ...plain, dueAt: at(10), late: 'refuse' as const }
    await changePlacementSettings(school.instructor, school.placementId, settings)
    setClock(() => Date.now() + 14_000)
    await expireOverdue()
    expect(await told('assessment.result.changed', lea)).toMatchObject([{ score: 1, submittedAt: settings.dueAt }])
    expect(await told('assessment.result.changed', max)).toEqual([])
    expect((await learnerPageOf(school.instructor, school.placementId, idOf(max))).attempts).toMatchObject([
      { state: 'submitted', empty: true },
    ])
    const states = async () => {
      const { learners } = await overviewFor(school.instructor, school.placementId)
      return learners.map(({ state, result }) => [state, result?.score ?? null])
    }
    const figures = async () => {
      const { activityId } = await placementOf(school.instructor, school.placementId)
      return (await classFiguresOf(school.instructor, school.placementId, activityId ?? '')).map(({ finished, answered, share }) => ({
        ...{ finished, answered, share },
      }))
    }
    // One definition for the list and the insights.
    expect(await states()).toEqual([
      ['finished', 1],
      ['ran-out', null],
    ])
    expect(await figures()).toEqual([
      { finished: true, answered: true, share: 0.5 },
      { finished: false, answered: false, share: null },
    ])
    await changePlacementSettings(school.instructor, school.placementId, { ...settings, emptyIsZero: true })
    expect(await told('assessment.result.changed', max)).toMatchObject([{ score: 0, maxScore: 2 }])
    expect(await told('assessment.result.changed', lea)).toHaveLength(1)
    // The zero counts, and is no finished work.
    expect(await states()).toEqual([
      ['finished', 1],
      ['ran-out', 0],
    ])
    expect((await figures())[1]).toEqual({ finished: false, answered: false, share: 0 })
  })

  it('mark what is late where late work is taken', async () => {
    await placeQuiz(school, quizOf(two))
    await changePlacementSettings(school.instructor, school.placementId, { ...plain, dueAt: at(-5) })
    const lea = await school.learner()
    await take(lea, 1)
    expect((await learnerPageOf(school.instructor, school.placementId, idOf(lea))).attempts).toMatchObject([{ late: true, score: 1 }])
  })

  it('must be in order, and are the same after a second save', async () => {
    await placeQuiz(school, quizOf(two))
    const set = (settings: Partial<PlacementSettings>) =>
      changePlacementSettings(school.instructor, school.placementId, { ...plain, ...settings })
    await expect(set({ opensAt: at(10), closesAt: at(5) })).rejects.toMatchObject({ code: 'settings_invalid', status: 400 })
    await expect(set({ late: 'refuse' })).rejects.toMatchObject({ code: 'settings_invalid' })
    const wanted = { opensAt: at(1), dueAt: at(2), closesAt: at(3), late: 'refuse' as const, emptyIsZero: true }
    await Promise.all([set(wanted), set(wanted)])
    expect(await placementSettingsOf(school.instructor, school.placementId)).toEqual(wanted)
    expect(await queryAlone('select 1 from teacher_deeds where placement_id = $1', [school.placementId])).toHaveLength(1)
  })
})

it('A counting rule published again counts every Result again, once', async () => {
  const activityId = await placeQuiz(school, quizOf(two))
  const lea = await school.learner()
  await take(lea, 2)
  await take(lea, 1)
  expect((await playerOf(lea, school.placementId)).result).toMatchObject({ score: 2 })
  await republish(school, activityId, quizOf(two, { counting: 'last' }))
  const event = { data: { activityId } } as Parameters<typeof recountPublished>[0]
  await Promise.all([recountPublished(event), recountPublished(event)])
  await recountPublished(event)
  expect((await playerOf(lea, school.placementId)).result).toMatchObject({ score: 1 })
  expect((await told('assessment.result.changed', lea)).map((it) => it.score)).toEqual([2, 2, 1])
})
