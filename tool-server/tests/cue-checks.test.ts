// Questions at their moment: checked on the server, tries counted there, the last checked answer counts.
import { randomUUID } from 'node:crypto'
import type { Cue, VideoSettings } from '@cuepoint/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveAnswers } from '../src/modules/assessment/answers.ts'
import { attemptOf, openAttempt } from '../src/modules/assessment/attempts.ts'
import { checkCue } from '../src/modules/assessment/cues.ts'
import { submitAttempt } from '../src/modules/assessment/submit.ts'
import { eventsNamed, newSchool, openQuizDatabase, textAnswer, textQuestion } from './_quiz.ts'
import { cueOf, newAsset, placeVideo, videoOf } from './_video.ts'

let close: () => Promise<void>
beforeAll(async () => {
  close = (await openQuizDatabase(20)).close
})
afterAll(() => close())

/** Two questions of three points; the first as `over` says. */
async function video(over: Partial<Cue> = {}, settings: Partial<VideoSettings> = {}) {
  const school = await newSchool()
  const feedback = { right: 'Well seen.', wrong: 'Look again.' }
  const cues = [cueOf(textQuestion('q1', { points: 3, feedback }), 10, over), cueOf(textQuestion('q2', { points: 3 }), 20)]
  await placeVideo(school, videoOf(await newAsset(school), cues, { watchPoints: 0, ...settings }))
  const lea = await school.learner()
  const attempt = await openAttempt(lea, school.placementId)
  let seq = 0
  const check = (text: string, own = ++seq, cueId = 'cue-q1') =>
    checkCue(lea, attempt.id, cueId, { answer: textAnswer('q1', text).value, seq: own })
  const submit = async () => (await submitAttempt(lea, attempt.id, randomUUID(), [])).outcome
  return { school, lea, attempt, check, submit }
}

describe('a checked answer', () => {
  it('that is right settles its question, and counts', async () => {
    const { attempt, check, submit, lea } = await video({ triesAllowed: 3 })
    expect(attempt.questions.map(({ id }) => id)).toEqual(['q1', 'q2'])
    expect(attempt.video?.cues[0]).toEqual({
      id: 'cue-q1',
      atSeconds: 10,
      questionId: 'q1',
      required: true,
      triesAllowed: 3,
      triesUsed: 0,
      settled: false,
      outcome: null,
    })
    const told = {
      verdict: 'right',
      score: 3,
      maxScore: 3,
      feedback: ['Well seen.'],
      backToSeconds: null,
      triesUsed: 1,
      triesLeft: 0,
      settled: true,
    }
    expect(await check('right')).toEqual(told)
    // Nothing changes it any more: neither another check nor an answer saved after it.
    expect(await check('wrong')).toEqual(told)
    await saveAnswers(lea, attempt.id, [textAnswer('q1', 'wrong', 99)])
    expect((await attemptOf(lea, attempt.id)).answers).toEqual([textAnswer('q1', 'right', 1)])
    const outcome = await submit()
    expect(outcome).toMatchObject({ score: 3, maxScore: 6, questions: [{ verdict: 'right' }, { verdict: 'unanswered' }] })
    expect((await attemptOf(lea, attempt.id)).answers).toMatchObject([{ value: { text: 'right' } }])
    const { data } = (await eventsNamed('assessment.attempt.submitted')).at(-1) ?? { data: null }
    expect(data.questions[0]).toMatchObject({ questionId: 'q1', score: 3, answer: { text: 'right' } })
  })

  it('that is wrong leads back and may be tried again, until no try is left', async () => {
    const { check, submit } = await video({ triesAllowed: 2, backToSeconds: 4 })
    expect(await check('wrong')).toMatchObject({ verdict: 'wrong', backToSeconds: 4, triesUsed: 1, triesLeft: 1, settled: false })
    expect(await check('worse')).toMatchObject({ verdict: 'wrong', backToSeconds: null, triesUsed: 2, triesLeft: 0, settled: true })
    expect(await check('right')).toMatchObject({ verdict: 'wrong', triesUsed: 2, settled: true })
    expect(await submit()).toMatchObject({ score: 0 })
  })

  it('may be tried any number of times where its author says so, and the last one counts', async () => {
    const { check, submit } = await video({ triesAllowed: null })
    for (let tries = 1; tries < 15; tries++)
      expect(await check('wrong')).toMatchObject({ triesUsed: tries, triesLeft: null, settled: false })
    expect(await check('right')).toMatchObject({ triesUsed: 15, settled: true })
    expect(await submit()).toMatchObject({ score: 3 })
  })

  it('sent twice is one try: a lost answer costs none', async () => {
    const { check } = await video({ triesAllowed: 2 })
    const first = await check('wrong', 7)
    expect(await check('wrong', 7)).toEqual(first)
    expect(await check('right', 6)).toEqual(first)
    expect(await check('right', 8)).toMatchObject({ verdict: 'right', triesUsed: 2 })
  })

  it('by twenty pages at once uses no more tries than there are', async () => {
    const { check, submit, attempt, lea } = await video({ triesAllowed: 3 })
    const all = await Promise.all(Array.from({ length: 20 }, (_, at) => check(`guess ${at}`, at + 1)))
    for (const { triesUsed } of all) expect(triesUsed).toBeLessThanOrEqual(3)
    expect((await attemptOf(lea, attempt.id)).video?.cues[0]).toMatchObject({ triesUsed: all.at(-1)?.triesUsed })
    expect(await check('right', 100)).toMatchObject({ triesUsed: 3, settled: true })
    expect((await submit())?.score).toBeLessThanOrEqual(3)
  })

  it('that is empty, of another kind, or to no question of this video uses up no try', async () => {
    const { check, lea, attempt, school } = await video({ triesAllowed: 1 })
    await expect(check(' ')).rejects.toMatchObject({ code: 'answer_invalid', issues: [{ code: 'answer_empty' }] })
    await expect(check('right', 5, 'cue-q9')).rejects.toMatchObject({ code: 'cue_not_found' })
    const other = { kind: 'number' as const, text: '1' }
    await expect(checkCue(lea, attempt.id, 'cue-q1', { answer: other, seq: 1 })).rejects.toMatchObject({ code: 'answer_invalid' })
    const stranger = await school.learner('Other')
    await expect(checkCue(stranger, attempt.id, 'cue-q1', { answer: other, seq: 1 })).rejects.toMatchObject({ code: 'attempt_not_found' })
    expect(await check('right')).toMatchObject({ triesUsed: 1, verdict: 'right' })
  })

  it('is not told of where the author shows nothing, but for what trying again needs', async () => {
    const once = await video({ triesAllowed: 1 }, { showAnswers: 'never' })
    expect(await once.check('right')).toEqual({
      verdict: null,
      score: null,
      maxScore: 3,
      feedback: [],
      backToSeconds: null,
      triesUsed: 1,
      triesLeft: 0,
      settled: true,
    })
    expect(await once.submit()).toMatchObject({ score: 3, questions: null })
    const again = await video({ triesAllowed: 2 }, { showAnswers: 'after-last-attempt', attemptsAllowed: 1 })
    expect(await again.check('wrong')).toMatchObject({ verdict: 'wrong', score: null, feedback: [] })
    expect(await again.submit()).toMatchObject({ questions: [{ feedback: ['Look again.'], key: { text: 'right' } }, {}] })
  })

  it('is refused once the attempt is handed in', async () => {
    const { check, submit } = await video()
    await submit()
    await expect(check('right')).rejects.toMatchObject({ code: 'attempt_closed' })
  })
})

describe('an answer that was saved and never checked', () => {
  it('counts as it is: the page was closed before the line came back', async () => {
    const { lea, attempt, submit } = await video()
    await saveAnswers(lea, attempt.id, [textAnswer('q1', 'right')])
    expect((await attemptOf(lea, attempt.id)).video?.cues[0]).toMatchObject({ settled: false, triesUsed: 0 })
    expect(await submit()).toMatchObject({ score: 3 })
  })

  it('does not count where another was checked', async () => {
    const { lea, attempt, check, submit } = await video({ triesAllowed: 3 })
    await check('wrong')
    await saveAnswers(lea, attempt.id, [textAnswer('q1', 'right', 50)])
    expect(await submit()).toMatchObject({ score: 0, questions: [{ verdict: 'wrong' }, {}] })
  })
})
