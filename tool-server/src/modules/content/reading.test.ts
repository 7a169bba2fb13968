// What a learner sees of a Version: everything but the key, in an order of their own.
import { randomUUID } from 'node:crypto'
import { type ActivityDocument, type Question, QuestionView } from '@cuepoint/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questionViewsOf } from './reading.ts'

const feedback = { right: 'SECRET', wrong: 'SECRET' }
const common = { prompt: 'prompt', points: 1, topicIds: [], feedback }
const list = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `${prefix}${at}`, text: `${prefix} ${at}` }))
const questions: Question[] = [
  {
    ...common,
    id: 'q1',
    kind: 'single-choice',
    choices: list('c', 6).map((one, at) => ({ ...one, correct: at === 2, feedback: 'SECRET' })),
  },
  {
    ...common,
    id: 'q2',
    kind: 'multiple-choice',
    scoring: 'each-option',
    choices: list('c', 6).map((one, at) => ({ ...one, correct: at > 2, feedback: 'SECRET' })),
  },
  { ...common, id: 'q3', kind: 'true-false', correct: true, choiceFeedback: { true: 'SECRET', false: 'SECRET' } },
  {
    ...common,
    id: 'q4',
    kind: 'short-text',
    accepted: [{ text: 'SECRET', feedback: 'SECRET' }],
    caseSensitive: true,
    accentSensitive: true,
  },
  { ...common, id: 'q5', kind: 'number', value: 424242, tolerance: { kind: 'absolute', amount: 434343 }, unit: 'm' },
  { ...common, id: 'q6', kind: 'ordering', items: list('i', 3), scoring: 'each-right' },
  {
    ...common,
    id: 'q7',
    kind: 'matching',
    pairs: list('p', 3).map((one, at) => ({ ...one, match: { id: `m${at}`, text: `m ${at}` } })),
    distractors: list('d', 1),
    scoring: 'each-right',
  },
]
const documentOf = (shuffleQuestions: boolean, shuffleChoices: boolean): ActivityDocument => ({
  kind: 'quiz',
  intro: '',
  questions,
  settings: { attemptsAllowed: 1, counting: 'best', shuffleQuestions, shuffleChoices, showAnswers: 'never', timeLimitSeconds: null },
})
const seed = fc.uuid()

describe('a view of the questions', () => {
  it('holds what its shape says and nothing more', () => {
    for (const view of questionViewsOf(documentOf(true, true), randomUUID())) expect(QuestionView.parse(view)).toEqual(view)
    const text = JSON.stringify(questionViewsOf(documentOf(false, false), randomUUID()))
    for (const secret of [
      'SECRET',
      'correct',
      'accepted',
      'tolerance',
      '424242',
      '434343',
      'feedback',
      'distractor',
      'scoring',
      'Sensitive',
    ])
      expect(text).not.toContain(secret)
  })

  it('is the same for the same seed, and holds all questions and options', () => {
    fc.assert(
      fc.property(seed, fc.boolean(), fc.boolean(), (one, shuffleQuestions, shuffleChoices) => {
        const document = documentOf(shuffleQuestions, shuffleChoices)
        const views = questionViewsOf(document, one)
        expect(questionViewsOf(document, one)).toEqual(views)
        expect(views.map((view) => view.id).sort()).toEqual(questions.map((question) => question.id))
        if (!shuffleQuestions) expect(views.map((view) => view.id)).toEqual(questions.map((question) => question.id))
        const choices = views.find((view) => view.kind === 'single-choice')?.choices.map((choice) => choice.id)
        expect([...(choices ?? [])].sort()).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5'])
        if (!shuffleChoices) expect(choices).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5'])
      }),
    )
  })

  it('never shows an ordering or matches in the right order', () => {
    fc.assert(
      fc.property(seed, (one) => {
        const views = questionViewsOf(documentOf(false, false), one)
        expect(views.find((view) => view.kind === 'ordering')?.items.map((item) => item.id)).not.toEqual(['i0', 'i1', 'i2'])
        expect(views.find((view) => view.kind === 'matching')?.matches.map((match) => match.id)).not.toEqual(['m0', 'm1', 'm2', 'd0'])
      }),
      { numRuns: 500 },
    )
  })

  it('shuffles evenly enough that no place tells anything', () => {
    const places = new Map<number, number>()
    for (let times = 0; times < 6000; times++) {
      const [view] = questionViewsOf(documentOf(false, true), randomUUID())
      const place = view?.kind === 'single-choice' ? view.choices.findIndex((choice) => choice.id === 'c2') : -1
      places.set(place, (places.get(place) ?? 0) + 1)
    }
    expect([...places.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5])
    for (const count of places.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })
})
