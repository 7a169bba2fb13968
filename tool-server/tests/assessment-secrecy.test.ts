// Every reply that a learner can get during a whole attempt is searched for the key, in every field where a key can stand.
import { randomUUID } from 'node:crypto'
import { type AnswerValue, type Caller, endpoints, type Question, type QuizSettings } from '@cuepoint/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSchool, openQuizDatabase, placeQuiz, quizOf, type School, serve } from './_quiz.ts'
import { cueOf, newAsset, placeVideo, videoOf } from './_video.ts'

let close: () => Promise<void>
beforeAll(async () => {
  close = (await openQuizDatabase()).close
})
afterAll(() => close())

const secret = 'SENTINEL'
const feedback = { right: secret, wrong: secret }
const common = { prompt: '<p>prompt</p>', points: 2, topicIds: [], feedback }
const letters = ['a', 'b', 'c', 'd']
const choices = letters.map((id) => ({ id: `${secret}-${id}`, text: `option ${id}`, correct: id === 'b', feedback: secret }))
const questions: Question[] = [
  { ...common, id: 'q1', kind: 'single-choice', choices },
  { ...common, id: 'q2', kind: 'multiple-choice', choices, scoring: 'right-minus-wrong' },
  { ...common, id: 'q3', kind: 'true-false', correct: true, choiceFeedback: { true: secret, false: secret } },
  { ...common, id: 'q4', kind: 'short-text', accepted: [{ text: secret, feedback: secret }], caseSensitive: true, accentSensitive: true },
  { ...common, id: 'q5', kind: 'number', value: 42424242, tolerance: { kind: 'absolute', amount: 43434343 }, unit: 'm' },
  {
    ...common,
    id: 'q6',
    kind: 'ordering',
    items: letters.map((id) => ({ id: `${secret}-${id}`, text: `step ${id}` })),
    scoring: 'each-right',
  },
  {
    ...common,
    id: 'q7',
    kind: 'matching',
    pairs: letters.map((id) => ({
      id: `${secret}-${id}`,
      text: `prompt ${id}`,
      match: { id: `${secret}-match-${id}`, text: `match ${id}` },
    })),
    distractors: [{ id: `${secret}-none`, text: 'none' }],
    scoring: 'each-right',
  },
]
/** A wrong or empty answer to each, so that no secret can come back as what was given. */
const given: Record<string, AnswerValue> = {
  q1: { kind: 'single-choice', choiceId: null },
  q2: { kind: 'multiple-choice', choiceIds: [] },
  q3: { kind: 'true-false', value: false },
  q4: { kind: 'short-text', text: 'no idea' },
  q5: { kind: 'number', text: '-9e9' },
  q6: { kind: 'ordering', itemIds: [] },
  q7: { kind: 'matching', matches: [] },
}
/** Wrong, and something: what a check takes. Of the choices the first as its learner sees it, which is not the right one. */
function wrongTo(questionId: string, seen: { id: string; choices?: { id: string; text: string }[] }[]): AnswerValue | undefined {
  const first = seen.find(({ id }) => id === questionId)?.choices?.find(({ text }) => text === 'option a')?.id ?? ''
  if (questionId === 'q1') return { kind: 'single-choice', choiceId: first }
  if (questionId === 'q2') return { kind: 'multiple-choice', choiceIds: [first] }
  if (questionId === 'q6') return { kind: 'ordering', itemIds: ['x'] }
  return questionId === 'q7' ? { kind: 'matching', matches: [{ promptId: 'x', matchId: 'y' }] } : given[questionId]
}
const telling =
  /^(correct|accepted|tolerance|feedback|choiceFeedback|key|keyInWords|verdict|distractors|pairs|scoring|caseSensitive|accentSensitive|topicIds|seed|graded|document|submitKey)$/

function assertSecret(text: string, where: string): void {
  expect(`${where}: ${text}`).not.toContain(secret)
  expect(`${where}: ${text}`).not.toMatch(/42424242|43434343/)
  JSON.parse(text, (name, value) => {
    if (telling.test(name)) throw new Error(`${where} has "${name}"`)
    return value
  })
}

async function journey(over: Partial<QuizSettings>, kind: 'quiz' | 'video' = 'quiz') {
  const school: School = await newSchool()
  const activityId = kind === 'quiz' ? await placeQuiz(school, quizOf(questions, over)) : await placeVideo(school, await clip(school, over))
  const lea: Caller = await school.learner()
  const { origin, close: stop } = await serve([lea, school.instructor])
  const replies: { where: string; text: string }[] = []
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${lea.sessionId}`, 'content-type': 'application/json' }
    const reply = await fetch(`${origin}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const text = await reply.text()
    replies.push({ where: `${method} ${path} ${reply.status}`, text })
    return { status: reply.status, json: JSON.parse(text) }
  }
  const take = async () => {
    const player = `/api/placements/${school.placementId}/player`
    await call('GET', player)
    const { json: attempt } = await call('POST', `/api/placements/${school.placementId}/attempts`, {})
    await call('GET', player)
    const answers = Object.entries(given).map(([questionId, value]) => ({ questionId, seq: 1, value }))
    expect((await call('PUT', `/api/attempts/${attempt.id}/answers`, { answers })).status).toBe(200)
    await call('PUT', `/api/attempts/${attempt.id}/answers`, { answers: [{ questionId: 'nowhere', seq: 1, value: given.q4 }] })
    if (kind === 'video') await watch(attempt, call)
    await call('GET', `/api/attempts/${attempt.id}`)
    const { json: done } = await call('POST', `/api/attempts/${attempt.id}/submit`, { key: randomUUID(), answers: [] })
    await call('POST', `/api/attempts/${attempt.id}/submit`, { key: randomUUID(), answers: [] })
    await call('GET', `/api/attempts/${attempt.id}`)
    await call('GET', player)
    return done
  }
  return { school, activityId, replies, call, take, stop }
}

/** The same questions, at moments of a video, with all ways to try again. */
async function clip(school: School, { showAnswers = 'never', attemptsAllowed = null }: Partial<QuizSettings>) {
  const cues = questions.map((question, at) =>
    cueOf(question, at + 1, { triesAllowed: at % 2 ? 1 : null, backToSeconds: at % 3 ? 0.5 : null }),
  )
  return videoOf(await newAsset(school), cues, { showAnswers, attemptsAllowed, watchPoints: 0 })
}

type Call = (method: string, path: string, body?: unknown) => Promise<{ status: number; json: { settled: boolean; feedback: string[] } }>

/** Everything that a page asks while a video plays: reports, checks of wrong and of empty answers, once more the same. */
async function watch(
  attempt: { id: string; questions: Parameters<typeof wrongTo>[1]; video: { cues: { id: string; questionId: string }[] } },
  call: Call,
) {
  const report = { viewId: randomUUID(), intervals: [{ from: 0, to: 5, speed: 1 }], positionSeconds: 5, playing: true }
  for (const seq of [1, 2, 2]) await call('POST', `/api/attempts/${attempt.id}/watching`, { ...report, seq })
  expect(attempt.video.cues).toHaveLength(7)
  for (const { id, questionId } of attempt.video.cues)
    for (const seq of [5, 5, 6]) {
      const answer = wrongTo(questionId, attempt.questions)
      const { status } = await call('POST', `/api/attempts/${attempt.id}/cues/${id}/check`, { answer, seq })
      expect(status).toBe(200)
    }
  await call('POST', `/api/attempts/${attempt.id}/cues/nowhere/check`, { answer: given.q4, seq: 1 })
  await call('POST', `/api/attempts/${attempt.id}/cues/cue-q1/check`, { answer: given.q1, seq: 9 })
}

describe('no reply holds the key', () => {
  it('of a video whose answers are never shown: while it plays, at each check, and after it', async () => {
    const { replies, take, stop } = await journey({ showAnswers: 'never' }, 'video')
    const done = await take()
    expect(done.outcome).toMatchObject({ score: 0, maxScore: 14, questions: null })
    expect(replies.filter(({ where }) => where.includes('/check 200'))).toHaveLength(21)
    // Right or not is told where another try hangs on it, and nothing more.
    for (const { where, text } of replies) assertSecret(text.replace(/"verdict":("wrong"|null)|"feedback":\[\]/g, '"told":0'), where)
    await stop()
  })

  it('of a video whose answers show after the last attempt: until then, checks included, and then all of it', async () => {
    const { replies, take, stop } = await journey({ showAnswers: 'after-last-attempt', attemptsAllowed: 2 }, 'video')
    await take()
    for (const { where, text } of replies) assertSecret(text.replace(/"verdict":("wrong"|null)|"feedback":\[\]/g, '"told":0'), where)
    const done = await take()
    expect(done.outcome.questions[3]).toMatchObject({ verdict: 'wrong', key: { kind: 'short-text', text: secret } })
    await stop()
  })

  it('of a video whose answers show after a submit: a check brings feedback to what was given, and no key before the submit', async () => {
    const { replies, take, stop } = await journey({ showAnswers: 'after-submit' }, 'video')
    const done = await take()
    const until = replies.findIndex(({ where }) => where.includes('/submit'))
    expect(until).toBeGreaterThan(20)
    for (const { where, text } of replies.slice(0, until)) {
      expect(`${where}: ${text}`).not.toMatch(
        /42424242|43434343|"(key|keyInWords|correct|accepted|tolerance|pairs|distractors|graded|seed)"/,
      )
      // Of the feedback, what is for a wrong answer; options of their own have none in this answer.
      if (!where.includes('/check') && !/"outcome":\{/.test(text)) assertSecret(text, where)
    }
    expect(done.outcome.questions).toHaveLength(7)
    await stop()
  })

  it('where answers are never shown: in a whole attempt and after it', async () => {
    const { replies, call, take, stop, activityId, school } = await journey({ showAnswers: 'never' })
    const done = await take()
    expect(done.outcome).toMatchObject({ score: 0, maxScore: 14, questions: null })
    for (const [method, path] of [
      ['GET', `/api/activities/${activityId}`],
      ['GET', '/api/activities'],
      ['GET', '/api/samples'],
      ['GET', `/api/placements/${school.placementId}/overview`],
      ['POST', `/api/activities/${activityId}/publish`],
    ] as const)
      expect((await call(method, path, method === 'POST' ? { revision: 1 } : undefined)).status).toBe(403)
    for (const { where, text } of replies) assertSecret(text, where)
    expect(replies.length).toBeGreaterThan(14)
    await stop()
  })

  it('where they are shown after the last attempt: until then, and then all of it', async () => {
    const { replies, take, stop } = await journey({ showAnswers: 'after-last-attempt', attemptsAllowed: 2 })
    await take()
    const before = replies.length
    for (const { where, text } of replies) assertSecret(text, where)
    const done = await take()
    // The second attempt, up to its submit.
    for (const { where, text } of replies.slice(before, before + 6)) assertSecret(text, where)
    expect(done.outcome.questions).toHaveLength(7)
    expect(done.outcome.questions[3]).toMatchObject({ verdict: 'wrong', feedback: [secret], key: { kind: 'short-text', text: secret } })
    // The key in the reply is right for the ids of the reply.
    const reply = endpoints.submitAttempt.reply.parse(done)
    for (const { questionId, key } of reply.outcome?.questions ?? []) {
      const view = reply.questions.find((question) => question.id === questionId)
      if (view && 'choices' in view && key.kind === 'single-choice') expect(view.choices.map((choice) => choice.id)).toContain(key.choiceId)
    }
    await stop()
  })
})
