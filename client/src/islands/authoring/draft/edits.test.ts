import { describe, expect, it } from 'vitest'
import { blankQuestion, questionKinds } from './blank-question.ts'
import { copyOf, maxScoreOf, moved, withMovedQuestion, withoutQuestion, withoutTopic, withQuestion } from './edits.ts'
import { localId } from './local-id.ts'

const quiz = (...points: number[]) => ({
  kind: 'quiz' as const,
  intro: '',
  questions: points.map((one, at) => ({ ...blankQuestion('true-false'), id: `q${at}`, points: one })),
  settings: {
    attemptsAllowed: null,
    counting: 'best' as const,
    shuffleQuestions: false,
    shuffleChoices: false,
    showAnswers: 'never' as const,
    timeLimitSeconds: null,
  },
})
const order = (document: { questions: { id: string }[] }) => document.questions.map((one) => one.id).join(' ')

/** Every `id` anywhere inside. */
function idsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn)
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) => (key === 'id' ? [String(inner)] : idsIn(inner)))
}

describe('the order of questions', () => {
  it('moves one up or down and stops at the ends', () => {
    expect(order(withMovedQuestion(quiz(1, 1, 1), 'q2', -1))).toBe('q0 q2 q1')
    expect(order(withMovedQuestion(quiz(1, 1, 1), 'q0', 2))).toBe('q1 q2 q0')
    expect(order(withMovedQuestion(quiz(1, 1, 1), 'q0', -1))).toBe('q0 q1 q2')
    expect(moved(['a', 'b'], 5, 0)).toEqual(['a', 'b'])
  })

  it('puts a deleted question back where it stood', () => {
    const before = quiz(1, 2, 3)
    const question = before.questions[1]
    if (!question) throw new Error()
    expect(withQuestion(withoutQuestion(before, 'q1'), question, 1)).toEqual(before)
  })
})

describe('ids', () => {
  it('are what the server takes, and never the same', () => {
    const ids = Array.from({ length: 500 }, localId)
    expect(ids.every((id) => /^[A-Za-z0-9_-]{10}$/.test(id))).toBe(true)
    expect(new Set(ids).size).toBe(500)
  })

  it.each(questionKinds)('a copy of a %s question shares none with it', (kind) => {
    const question = blankQuestion(kind)
    const ids = [...idsIn(question), ...idsIn(copyOf(question))]
    expect(new Set(ids).size).toBe(ids.length)
  })
})

it('counts points without floating dust', () => {
  expect(maxScoreOf(quiz(0.1, 0.2))).toBe(0.3)
})

it('takes a deleted topic off every question', () => {
  const document = quiz(1, 1)
  const tagged = { ...document, questions: document.questions.map((one) => ({ ...one, topicIds: ['t', 'u'] })) }
  expect(withoutTopic(tagged, 't').questions.map((one) => one.topicIds)).toEqual([['u'], ['u']])
  expect(withoutTopic(document, 't')).toBe(document)
})

it('starts a number question without an answer: 0 would be taken for the author’s', () => {
  expect(blankQuestion('number')).toMatchObject({ value: null })
})
