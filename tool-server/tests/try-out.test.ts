// A video's draft tried out by its author: questions are met, checked and tried again as a learner would, and nothing of it is kept.
import type { Cue, VideoSettings } from '@cuepoint/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { checkTryOut, tryOutOf } from '../src/modules/assessment/try-out.ts'
import { createActivity, saveDraft } from '../src/modules/content/authoring.ts'
import { newSchool, openQuizDatabase, quizOf, textAnswer, textQuestion } from './_quiz.ts'
import { cueOf, newAsset, videoOf } from './_video.ts'

let close: () => Promise<void>
beforeAll(async () => {
  close = (await openQuizDatabase()).close
})
afterAll(() => close())

const feedback = { right: 'Well seen.', wrong: 'Look again.' }

async function draft(over: Partial<Cue> = {}, settings: Partial<VideoSettings> = {}) {
  const school = await newSchool()
  const { instructor } = school
  const { id, revision } = await createActivity(instructor, { kind: 'video' })
  const cues = [cueOf(textQuestion('q1', { points: 3, feedback, accepted: [{ text: 'Secret', feedback: '' }] }), 10, over)]
  const document = videoOf(await newAsset(school), cues, settings)
  const saved = await saveDraft(instructor, id, { revision, title: 'Tried', document })
  const check = (text: string, triesUsed = 0, cueId = 'cue-q1') =>
    checkTryOut(instructor, id, cueId, { answer: textAnswer('q1', text).value, triesUsed })
  return { school, instructor, id, check, document, revision: saved.revision }
}

const recorded = async () =>
  (
    await queryAlone(
      `select (select count(*) from attempts)::int attempts, (select count(*) from cue_checks)::int checks, (select count(*) from answers)::int answers,
         (select count(*) from results)::int results, (select count(*) from events where name like 'assessment.%')::int events`,
    )
  )[0]

describe('a draft tried out', () => {
  it('shows the saved draft as a first attempt would, unpublished, and without its keys', async () => {
    const { instructor, id } = await draft({ triesAllowed: 3, backToSeconds: 4 }, { skipping: 'after-first-view' })
    const shown = await tryOutOf(instructor, id)
    expect(shown).toMatchObject({
      title: 'Tried',
      state: 'open',
      answers: [],
      questions: [{ id: 'q1', kind: 'short-text' }],
      video: {
        durationSeconds: 100,
        freeToSeek: false,
        watchedShare: 0,
        cues: [{ id: 'cue-q1', atSeconds: 10, triesAllowed: 3, triesUsed: 0, settled: false, outcome: null }],
      },
    })
    expect(shown.video?.playback?.hlsUrl).toMatch(/^\/media\//)
    expect(JSON.stringify(shown)).not.toMatch(/Secret|Well seen|Look again/)
  })

  it('checks answers as a learner would meet it: wrong leads back, the last try settles, right is told', async () => {
    const { check } = await draft({ triesAllowed: 2, backToSeconds: 4 })
    const wrong = await check('no')
    expect(wrong).toEqual({
      ...{ verdict: 'wrong', score: 0, maxScore: 3, feedback: ['Look again.'] },
      ...{ backToSeconds: 4, triesUsed: 1, triesLeft: 1, settled: false },
    })
    expect(JSON.stringify(wrong)).not.toContain('Secret')
    expect(await check('no', 1)).toMatchObject({ backToSeconds: null, triesUsed: 2, triesLeft: 0, settled: true })
    expect(await check('secret', 1)).toMatchObject({ verdict: 'right', score: 3, feedback: ['Well seen.'], triesUsed: 2, settled: true })
  })

  it('tells no more than the settings let a learner know', async () => {
    const { check } = await draft({ triesAllowed: 1 }, { showAnswers: 'never' })
    expect(await check('no')).toMatchObject({ verdict: null, score: null, feedback: [], settled: true })
  })

  it('leaves nothing behind', async () => {
    const before = await recorded()
    const { instructor, id, check } = await draft()
    await tryOutOf(instructor, id)
    await check('no')
    await check('secret', 1)
    expect(await recorded()).toEqual(before)
  })

  it('follows the draft: a question changed a moment ago is checked as it is now', async () => {
    const { instructor, id, check, document, revision } = await draft({ triesAllowed: null })
    const [cue] = document.cues as [Cue]
    const cues = [{ ...cue, question: textQuestion('q1', { accepted: [{ text: 'other', feedback: '' }] }) }]
    await saveDraft(instructor, id, { revision, title: 'Tried', document: { ...document, cues } })
    expect(await check('secret')).toMatchObject({ verdict: 'wrong' })
    expect(await check('other', 7)).toMatchObject({ verdict: 'right', triesUsed: 8 })
  })

  it('is refused for what is no answer, no question of it, no video, or of another course', async () => {
    const { instructor, id, check, school } = await draft()
    await expect(check(' ')).rejects.toMatchObject({ code: 'answer_invalid' })
    await expect(check('no', 0, 'cue-q9')).rejects.toMatchObject({ code: 'cue_not_found' })
    const number = { answer: { kind: 'number', text: '1' } as const, triesUsed: 0 }
    await expect(checkTryOut(instructor, id, 'cue-q1', number)).rejects.toMatchObject({ code: 'answer_invalid' })
    const quiz = await createActivity(school.instructor, { kind: 'quiz' })
    await saveDraft(instructor, quiz.id, { revision: quiz.revision, title: 'Quiz', document: quizOf([textQuestion('q1')]) })
    await expect(tryOutOf(instructor, quiz.id)).rejects.toMatchObject({ code: 'activity_kind_unsupported' })
    const elsewhere = await newSchool()
    await expect(tryOutOf(elsewhere.instructor, id)).rejects.toMatchObject({ code: 'activity_not_found' })
    await expect(checkTryOut(elsewhere.instructor, id, 'cue-q1', number)).rejects.toMatchObject({ code: 'activity_not_found' })
  })

  it('of a video that is not there (yet) has its questions, and nothing to play', async () => {
    const { instructor } = await newSchool()
    const { id } = await createActivity(instructor, { kind: 'video' })
    expect(await tryOutOf(instructor, id)).toMatchObject({ questions: [], video: { playback: null, durationSeconds: 0 } })
  })
})
