// What must hold for every grader, whatever the question and whatever a browser sends.
import { AnswerValue as AnswerSchema, type AnswerValue, type Question, QuestionKind, type QuizDocument } from '@cuepoint/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gradeOf } from '../grade.ts'
import { gradeQuestion, graders, keyOf } from './index.ts'

const points = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 1000, noNaN: true }))
const text = fc.string({ maxLength: 12, unit: 'grapheme' })
const common = { prompt: text, points, topicIds: fc.constant([] as string[]), feedback: fc.record({ right: text, wrong: text }) }
const ids = (prefix: string, min = 0) =>
  fc.integer({ min, max: 8 }).map((count) => Array.from({ length: count }, (_, at) => `${prefix}${at}`))
const choices = ids('c', 2).chain((all) =>
  fc.tuple(...all.map((id) => fc.record({ id: fc.constant(id), text, correct: fc.boolean(), feedback: text }))),
)
const partial = fc.constantFrom('all-or-nothing' as const, 'each-right' as const)

/** Questions that can be published: at least one right choice, some text accepted. */
const questions: { [K in QuestionKind]: fc.Arbitrary<Extract<Question, { kind: K }>> } = {
  'single-choice': fc
    .record({ ...common, id: fc.constant('q'), kind: fc.constant('single-choice' as const), choices, right: fc.nat(20) })
    .map(({ right, ...question }) => ({
      ...question,
      choices: question.choices.map((one, at) => ({ ...one, correct: at === right % question.choices.length })),
    })),
  'multiple-choice': fc
    .record({
      ...common,
      id: fc.constant('q'),
      kind: fc.constant('multiple-choice' as const),
      choices,
      scoring: fc.constantFrom('all-or-nothing' as const, 'right-minus-wrong' as const, 'each-option' as const),
    })
    .filter((question) => question.choices.some((one) => one.correct)),
  'true-false': fc.record({
    ...common,
    id: fc.constant('q'),
    kind: fc.constant('true-false' as const),
    correct: fc.boolean(),
    choiceFeedback: fc.record({ true: text, false: text }),
  }),
  'short-text': fc
    .record({
      ...common,
      id: fc.constant('q'),
      kind: fc.constant('short-text' as const),
      accepted: fc.array(fc.record({ text, feedback: text }), { minLength: 1, maxLength: 4 }),
      caseSensitive: fc.boolean(),
      accentSensitive: fc.boolean(),
    })
    // Without accents nothing may be left of a text that is only accents: publishing cannot see that, and nobody writes it.
    .filter((question) => question.accepted.every((one) => one.text.normalize('NFD').replace(/[\p{M}\s]/gu, '') !== '')),
  number: fc.record({
    ...common,
    id: fc.constant('q'),
    kind: fc.constant('number' as const),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }),
    tolerance: fc.record({
      kind: fc.constantFrom('absolute' as const, 'relative' as const),
      amount: fc.double({ min: 0, max: 1e6, noNaN: true }),
    }),
    unit: fc.constantFrom('', 'm/s', '%'),
  }),
  ordering: fc.record({
    ...common,
    id: fc.constant('q'),
    kind: fc.constant('ordering' as const),
    items: ids('i', 2).map((all) => all.map((id) => ({ id, text: id }))),
    scoring: partial,
  }),
  matching: fc.record({
    ...common,
    id: fc.constant('q'),
    kind: fc.constant('matching' as const),
    pairs: ids('p', 2).map((all) => all.map((id) => ({ id, text: id, match: { id: `m${id}`, text: id } }))),
    distractors: ids('d').map((all) => all.map((id) => ({ id, text: id }))),
    scoring: partial,
  }),
}
const anyQuestion: fc.Arbitrary<Question> = fc.oneof(...QuestionKind.options.map((kind) => questions[kind] as fc.Arbitrary<Question>))

const someId = fc.oneof(
  fc.constantFrom('c0', 'c1', 'c2', 'i0', 'i1', 'p0', 'p1', 'mp0', 'mp1', 'd0', 'nowhere', '__proto__', 'constructor'),
  fc.stringMatching(/^[A-Za-z0-9_-]{1,10}$/),
)
const numberText = fc.oneof(fc.string({ maxLength: 20 }), fc.double().map(String), fc.stringMatching(/^[-+0-9.,e' ]{0,12}$/))
const anyAnswer: fc.Arbitrary<AnswerValue> = fc.oneof(
  fc.record({ kind: fc.constant('single-choice' as const), choiceId: fc.option(someId) }),
  fc.record({ kind: fc.constant('multiple-choice' as const), choiceIds: fc.array(someId, { maxLength: 30 }) }),
  fc.record({ kind: fc.constant('true-false' as const), value: fc.option(fc.boolean()) }),
  fc.record({ kind: fc.constant('short-text' as const), text: fc.string({ maxLength: 50, unit: 'binary' }) }),
  fc.record({ kind: fc.constant('number' as const), text: numberText }),
  fc.record({ kind: fc.constant('ordering' as const), itemIds: fc.array(someId, { maxLength: 30 }) }),
  fc.record({
    kind: fc.constant('matching' as const),
    matches: fc.array(fc.record({ promptId: someId, matchId: someId }), { maxLength: 30 }),
  }),
)
const locale = fc.constantFrom('en', 'de', 'fr-CH', 'ar', 'sv', 'not a locale', '')

const empty: { [K in QuestionKind]: Extract<AnswerValue, { kind: K }> } = {
  'single-choice': { kind: 'single-choice', choiceId: null },
  'multiple-choice': { kind: 'multiple-choice', choiceIds: [] },
  'true-false': { kind: 'true-false', value: null },
  'short-text': { kind: 'short-text', text: ' \n ' },
  number: { kind: 'number', text: '  ' },
  ordering: { kind: 'ordering', itemIds: [] },
  matching: { kind: 'matching', matches: [] },
}

const quizOf = (all: Question[]): QuizDocument => ({
  kind: 'quiz',
  intro: '',
  questions: all.map((question, at) => ({ ...question, id: `q${at}` })),
  settings: {
    attemptsAllowed: null,
    counting: 'best',
    shuffleQuestions: false,
    shuffleChoices: false,
    showAnswers: 'never',
    timeLimitSeconds: null,
  },
})

describe('every grader', () => {
  it('stands for its kind', () => expect(Object.keys(graders).sort()).toEqual([...QuestionKind.options].sort()))

  it('gives a score in [0, points], whatever is sent', () => {
    fc.assert(
      fc.property(anyQuestion, anyAnswer, locale, (question, answer, where) => {
        const { score, verdict, feedback } = gradeQuestion(question, answer, where)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(question.points)
        if (answer.kind !== question.kind) expect(verdict).toBe('unanswered')
        if (verdict === 'right') expect(score).toBe(question.points)
        if (verdict === 'wrong' || verdict === 'unanswered') expect(score).toBe(0)
        expect(feedback).not.toContain('')
      }),
      { numRuns: 2000 },
    )
  })

  it('gives all points for its own key, in every locale', () => {
    fc.assert(
      fc.property(anyQuestion, locale, (question, where) => {
        const { key } = keyOf(question, where)
        expect(AnswerSchema.safeParse(key).success).toBe(true)
        expect(gradeQuestion(question, key, where)).toMatchObject({ score: question.points, verdict: 'right' })
      }),
      { numRuns: 2000 },
    )
  })

  it('gives nothing for nothing', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        expect(gradeQuestion(question, null, 'en')).toMatchObject({ score: 0, verdict: 'unanswered' })
        expect(gradeQuestion(question, empty[question.kind], 'en')).toMatchObject({ score: 0, verdict: 'unanswered' })
      }),
    )
  })

  it('does not care for the order of options', () => {
    const anyOrder = fc.oneof(questions['single-choice'], questions['multiple-choice'], questions.matching)
    fc.assert(
      fc.property(anyOrder, anyAnswer, (question, answer) => {
        const turned =
          question.kind === 'matching'
            ? { ...question, pairs: question.pairs.toReversed(), distractors: question.distractors.toReversed() }
            : { ...question, choices: question.choices.toReversed() }
        const given = answer.kind === 'multiple-choice' ? { ...answer, choiceIds: answer.choiceIds.toReversed() } : answer
        expect(gradeQuestion(turned as Question, given, 'en').score).toBe(gradeQuestion(question, answer, 'en').score)
      }),
    )
  })
})

describe('a whole grade', () => {
  it('is in [0, max], max for the key and 0 for nothing', () => {
    fc.assert(
      fc.property(fc.array(anyQuestion, { maxLength: 6 }), fc.array(anyAnswer, { maxLength: 6 }), (all, given) => {
        const document = quizOf(all)
        const answers = new Map(given.map((answer, at) => [`q${at}`, answer]))
        const grade = gradeOf(document, answers, 'en')
        expect(grade.score).toBeGreaterThanOrEqual(0)
        expect(grade.score).toBeLessThanOrEqual(grade.maxScore)
        for (const question of grade.questions) expect(question.score).toBeLessThanOrEqual(question.maxScore)
        const keys = new Map(document.questions.map((question) => [question.id, keyOf(question, 'en').key]))
        expect(gradeOf(document, keys, 'en').score).toBe(grade.maxScore)
        expect(gradeOf(document, new Map(), 'en').score).toBe(0)
      }),
    )
  })

  it('adds thirds up to wholes', () => {
    const third: Question = {
      id: 'q',
      kind: 'ordering',
      prompt: '',
      points: 1,
      topicIds: [],
      feedback: { right: '', wrong: '' },
      items: ['a', 'b', 'c'].map((id) => ({ id, text: id })),
      scoring: 'each-right',
    }
    const document = quizOf([third, third, third])
    const given: AnswerValue = { kind: 'ordering', itemIds: ['a', 'c', 'b'] }
    expect(gradeOf(document, new Map(['q0', 'q1', 'q2'].map((id) => [id, given])), 'en').score).toBe(1)
  })
})
