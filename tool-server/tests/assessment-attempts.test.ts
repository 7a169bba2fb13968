// Attempts: opened once, resumed, limited, never changed by a republish, and out of reach of strangers.
import { randomUUID } from 'node:crypto'
import type { Caller } from '@cuepoint/contracts'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { saveAnswers } from '../src/modules/assessment/answers.ts'
import { attemptOf, openAttempt } from '../src/modules/assessment/attempts.ts'
import { openForLaunch, playerViewFor, standingOf } from '../src/modules/assessment/index.ts'
import { overviewFor } from '../src/modules/assessment/overview.ts'
import { playerOf } from '../src/modules/assessment/player.ts'
import { submitAttempt } from '../src/modules/assessment/submit.ts'
import { deleteActivity } from '../src/modules/content/authoring.ts'
import { eventsNamed, newSchool, openQuizDatabase, placeQuiz, quizOf, republish, type School, textAnswer, textQuestion } from './_quiz.ts'

let close: () => Promise<void>
let school: School
beforeAll(async () => {
  close = (await openQuizDatabase()).close
  school = await newSchool()
})
afterAll(() => close())

const launch = async (caller: Caller, activityId: string) =>
  openForLaunch(caller, { id: school.placementId, activityId }, await standingOf(caller, school.placementId, activityId))

describe('an attempt', () => {
  it('is opened by the launch itself, and given back by the next', async () => {
    const activityId = await placeQuiz(school, quizOf([textQuestion('q1')]))
    const lea = await school.learner()
    const first = await launch(lea, activityId)
    expect(first.current).toMatchObject({ number: 1, state: 'open', answers: [] })
    expect(first).toMatchObject({ canStart: false, records: true, result: null })
    const second = await launch(lea, activityId)
    expect(second.current?.id).toBe(first.current?.id)
    expect((await openAttempt(lea, school.placementId)).id).toBe(first.current?.id)
  })

  it('costs a launch one statement where it is open, three where it is opened', async () => {
    const activityId = await placeQuiz(school, quizOf([textQuestion('q1')]))
    await launch(await school.learner(), activityId)
    const lea = await school.learner()
    const statements = vi.spyOn(pg.Client.prototype, 'query')
    const counted = async () => {
      statements.mockClear()
      await launch(lea, activityId)
      return statements.mock.calls.filter(([it]) => !/^(begin|commit)/.test(String((it as { text?: string }).text ?? it))).length
    }
    expect(await counted()).toBe(3)
    expect(await counted()).toBe(1)
    statements.mockRestore()
  })

  it('is one, whichever of twenty tabs opens it first', async () => {
    const activityId = await placeQuiz(school, quizOf([textQuestion('q1')]))
    for (const opens of [
      (caller: Caller) => launch(caller, activityId).then((view) => view.current),
      (caller: Caller) => openAttempt(caller, school.placementId),
    ]) {
      const lea = await school.learner()
      const tabs = await Promise.all(Array.from({ length: 20 }, () => opens(lea)))
      expect(new Set(tabs.map((tab) => tab?.id)).size).toBe(1)
      const told = (await eventsNamed('assessment.attempt.opened')).filter((event) => event.person_id === lea.personId)
      expect(told).toHaveLength(1)
    }
  })

  it('is not opened by a launch where there is a time limit', async () => {
    const activityId = await placeQuiz(school, quizOf([textQuestion('q1')], { timeLimitSeconds: 60 }))
    const view = await launch(await school.learner(), activityId)
    expect(view).toMatchObject({ current: null, canStart: true })
  })

  it('is refused when none is left', async () => {
    await placeQuiz(school, quizOf([textQuestion('q1')], { attemptsAllowed: 2 }))
    const lea = await school.learner()
    for (const number of [1, 2]) {
      const attempt = await openAttempt(lea, school.placementId)
      expect(attempt.number).toBe(number)
      await submitAttempt(lea, attempt.id, randomUUID(), [])
    }
    await expect(openAttempt(lea, school.placementId)).rejects.toMatchObject({ code: 'attempts_exhausted' })
    expect(await playerOf(lea, school.placementId)).toMatchObject({ canStart: false, current: null })
  })

  it('of an instructor is practice: no limit, no Result, no event for the gradebook', async () => {
    await placeQuiz(school, quizOf([textQuestion('q1')], { attemptsAllowed: 1, showAnswers: 'never' }))
    const before = (await eventsNamed('assessment.result.changed')).length
    for (let times = 0; times < 2; times++) {
      const attempt = await openAttempt(school.instructor, school.placementId)
      const handedIn = await submitAttempt(school.instructor, attempt.id, randomUUID(), [textAnswer('q1', 'right')])
      expect(handedIn.outcome?.questions?.[0]).toMatchObject({ verdict: 'right', keyInWords: null })
    }
    expect(await eventsNamed('assessment.result.changed')).toHaveLength(before)
    expect(await queryAlone('select 1 from results where person_id = $1', [school.instructor.personId])).toEqual([])
    expect(await playerOf(school.instructor, school.placementId)).toMatchObject({ canStart: true, result: null })
  })

  it('runs to its end on its Version, whatever is published meanwhile', async () => {
    const activityId = await placeQuiz(school, quizOf([textQuestion('q1'), textQuestion('q2')]), 'Old title')
    const lea = await school.learner()
    const attempt = await openAttempt(lea, school.placementId)
    await saveAnswers(lea, attempt.id, [textAnswer('q2', 'right')])
    await republish(school, activityId, quizOf([textQuestion('q1', { points: 10 }), textQuestion('q9')]), 'New title')
    const resumed = await openAttempt(lea, school.placementId)
    expect(resumed).toMatchObject({ id: attempt.id, title: 'Old title', maxScore: 2, questions: attempt.questions })
    const { outcome } = await submitAttempt(lea, attempt.id, randomUUID(), [])
    expect(outcome).toMatchObject({ score: 1, maxScore: 2 })
    const next = await openAttempt(lea, school.placementId)
    expect(next).toMatchObject({ number: 2, title: 'New title', maxScore: 11 })
  })

  it('of a deleted activity takes nothing more and says why', async () => {
    const activityId = await placeQuiz(school, quizOf([textQuestion('q1')]))
    const lea = await school.learner()
    const attempt = await openAttempt(lea, school.placementId)
    await deleteActivity(school.instructor, activityId)
    const gone = { code: 'activity_deleted' }
    await expect(saveAnswers(lea, attempt.id, [textAnswer('q1', 'right')])).rejects.toMatchObject(gone)
    await expect(submitAttempt(lea, attempt.id, randomUUID(), [])).rejects.toMatchObject(gone)
    await expect(openAttempt(lea, school.placementId)).rejects.toMatchObject(gone)
    await expect(playerOf(lea, school.placementId)).rejects.toMatchObject(gone)
    expect(await queryAlone('select state from attempts where id = $1', [attempt.id])).toEqual([{ state: 'open' }])
  })

  it('cannot be reached by another learner, course or institution', async () => {
    await placeQuiz(school, quizOf([textQuestion('q1')]))
    const lea = await school.learner()
    const attempt = await openAttempt(lea, school.placementId)
    const elsewhere = await newSchool()
    const strangers = [
      await school.learner('Other'),
      await elsewhere.learner(),
      elsewhere.instructor,
      { ...lea, courseId: elsewhere.courseId },
      { ...lea, institutionId: elsewhere.institutionId },
    ]
    for (const stranger of strangers) {
      for (const reach of [
        () => attemptOf(stranger, attempt.id),
        () => saveAnswers(stranger, attempt.id, [textAnswer('q1', 'mine')]),
        () => submitAttempt(stranger, attempt.id, randomUUID(), []),
      ])
        await expect(reach()).rejects.toMatchObject({ code: 'attempt_not_found', status: 404 })
      if (stranger.courseId === school.courseId) continue
      await expect(openAttempt(stranger, school.placementId)).rejects.toMatchObject({ status: 404 })
      await expect(playerOf(stranger, school.placementId)).rejects.toMatchObject({ status: 404 })
    }
    await expect(overviewFor(elsewhere.instructor, school.placementId)).rejects.toMatchObject({ status: 404 })
    expect((await attemptOf(school.instructor, attempt.id)).id).toBe(attempt.id)
  })

  it('is not opened where the placement is not the one that the LMS opened', async () => {
    await placeQuiz(school, quizOf([textQuestion('q1')]))
    const lea = { ...(await school.learner()), placementId: randomUUID() }
    await expect(openAttempt(lea, school.placementId)).rejects.toMatchObject({ code: 'resource_not_found' })
  })

  it('is nothing for viewers and reviews', async () => {
    const activityId = await placeQuiz(school, quizOf([textQuestion('q1')]))
    const review: Caller = { ...(await school.learner()), purpose: 'review' }
    const viewer: Caller = { ...(await school.learner()), personId: null, role: 'viewer' }
    for (const caller of [review, viewer]) {
      await expect(openAttempt(caller, school.placementId)).rejects.toMatchObject({ code: 'placement_read_only' })
      expect(await launch(caller, activityId)).toMatchObject({ canStart: false, records: false })
      expect(await playerViewFor(caller, { id: school.placementId, activityId })).toMatchObject({ records: false })
    }
  })

  it('shows in the overview, with the Result and its way to the LMS', async () => {
    const fresh = await newSchool()
    await placeQuiz(fresh, quizOf([textQuestion('q1'), textQuestion('q2')]), 'Seen')
    const [zoe, ada] = [await fresh.learner('Zoe'), await fresh.learner('Ada')]
    await fresh.learner('Never')
    await openAttempt(ada, fresh.placementId)
    const attempt = await openAttempt(zoe, fresh.placementId)
    await submitAttempt(zoe, attempt.id, randomUUID(), [textAnswer('q1', 'right')])
    const overview = await overviewFor(fresh.instructor, fresh.placementId)
    expect(overview).toMatchObject({ activity: { title: 'Seen', maxScore: 2, versionNumber: 1, draftAhead: false }, takesScores: true })
    expect(overview.learners.map(({ name, state }) => [name, state])).toEqual([
      ['Ada', 'started'],
      ['Never', 'not-started'],
      ['Zoe', 'finished'],
    ])
    await deleteActivity(fresh.instructor, (overview.activity as { id: string }).id)
    expect(await overviewFor(fresh.instructor, fresh.placementId)).toMatchObject({ activity: null, learners: overview.learners })
    expect(overview.learners[2]).toMatchObject({
      result: { score: 1, maxScore: 2, attempts: 1, sync: { state: 'waiting' } },
      attempts: [{ score: 1 }],
    })
  })
})
