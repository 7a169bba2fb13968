// What each kind of question gives for given answers: one table per rule that an author may choose.
import type { AnswerValue, QuestionOf } from '@cuepoint/contracts'
import { describe, expect, it } from 'vitest'
import { gradeQuestion, keyOf } from './index.ts'

const common = { id: 'q', prompt: '', points: 6, topicIds: [], feedback: { right: 'well done', wrong: 'read again' } }
const choice = (id: string, correct: boolean) => ({ id, text: id, correct, feedback: `about ${id}` })

describe('multiple choice', () => {
  const question = (scoring: QuestionOf<'multiple-choice'>['scoring']): QuestionOf<'multiple-choice'> => ({
    ...common,
    kind: 'multiple-choice',
    scoring,
    choices: [choice('a', true), choice('b', true), choice('x', false), choice('y', false)],
  })
  it.each([
    ['all-or-nothing', ['a', 'b'], 6],
    ['all-or-nothing', ['a'], 0],
    ['all-or-nothing', ['a', 'b', 'x'], 0],
    ['right-minus-wrong', ['a'], 3],
    ['right-minus-wrong', ['a', 'b', 'x'], 3],
    ['right-minus-wrong', ['a', 'x', 'y'], 0],
    ['each-option', ['a'], 4.5],
    ['each-option', ['a', 'b', 'x', 'y'], 3],
    ['each-option', ['x', 'y'], 0],
    ['each-option', ['a', 'a', 'b', 'nowhere'], 6],
  ] as const)('%s: %j gives %d of 6', (scoring, choiceIds, score) =>
    expect(gradeQuestion(question(scoring), { kind: 'multiple-choice', choiceIds: [...choiceIds] }, 'en').score).toBe(score),
  )
  it('tells what applies to what was ticked', () => {
    const graded = gradeQuestion(question('right-minus-wrong'), { kind: 'multiple-choice', choiceIds: ['x', 'a', 'b'] }, 'en')
    expect(graded).toMatchObject({ verdict: 'partly', feedback: ['about a', 'about b', 'about x', 'read again'] })
  })
})

describe('short text', () => {
  const grade = (text: string, over: Partial<QuestionOf<'short-text'>> = {}) => {
    const accepted = [
      { text: 'El Niño', feedback: 'the child' },
      { text: 'Straße', feedback: '' },
      { text: "l'été", feedback: '' },
    ]
    return gradeQuestion(
      { ...common, kind: 'short-text', accepted, caseSensitive: false, accentSensitive: false, ...over },
      { kind: 'short-text', text },
      'en',
    ).verdict
  }
  it.each(['El Niño', '  el   nin\u0303o ', 'EL NINO', 'STRASSE', 'strasse', 'L’ÉTÉ', 'l\u2019ete\u0301'])('%s is right', (text) =>
    expect(grade(text)).toBe('right'),
  )
  it.each(['ElNiño', 'Nino', 'El Niño.'])('%s is wrong', (text) => expect(grade(text)).toBe('wrong'))
  it('minds accents where the author does', () => {
    expect(grade('el nino', { accentSensitive: true })).toBe('wrong')
    expect(grade('EL NIN\u0303O', { accentSensitive: true })).toBe('right')
  })
  it('minds case where the author does', () => {
    expect(grade('el niño', { caseSensitive: true })).toBe('wrong')
    expect(grade('El Nino', { caseSensitive: true })).toBe('right')
  })
})

describe('number', () => {
  const question = (value: number, kind: 'absolute' | 'relative', amount: number, unit = ''): QuestionOf<'number'> => ({
    ...common,
    kind: 'number',
    value,
    tolerance: { kind, amount },
    unit,
  })
  const verdict = (q: QuestionOf<'number'>, text: string, locale = 'en') => gradeQuestion(q, { kind: 'number', text }, locale).verdict
  it('takes what is within an absolute tolerance, its edge included', () => {
    const q = question(0.3, 'absolute', 0.1)
    expect(['0.2', '0.3', '0.4', '0,4'].map((text) => verdict(q, text))).toEqual(['right', 'right', 'right', 'right'])
    expect(['0.19', '0.41', 'three', '1e309'].map((text) => verdict(q, text))).toEqual(['wrong', 'wrong', 'wrong', 'wrong'])
  })
  it('takes what is within a relative tolerance, for negative values, too', () => {
    const q = question(-200, 'relative', 0.05)
    expect(['-190', '−210', '-189', '200'].map((text) => verdict(q, text))).toEqual(['right', 'right', 'wrong', 'wrong'])
  })
  it('forgives the unit', () => expect(verdict(question(7.5, 'absolute', 0, 'm/s'), '7,5 m/s', 'de')).toBe('right'))
  it('says its key in words of the locale', () => {
    expect(keyOf(question(1234.5, 'absolute', 0.5, 'm'), 'de')).toEqual({
      key: { kind: 'number', text: '1234,5' },
      keyInWords: '1234,5 m ± 0,5 m',
    })
    expect(keyOf(question(2, 'relative', 0.07), 'en').keyInWords).toBe('2 ± 7 %')
    expect(keyOf(question(2, 'absolute', 0), 'en').keyInWords).toBeNull()
  })
})

describe('ordering and matching', () => {
  const items = ['a', 'b', 'c'].map((id) => ({ id, text: id }))
  const pairs = ['a', 'b', 'c'].map((id) => ({ id, text: id, match: { id: `m${id}`, text: id } }))
  const ordering = (scoring: 'all-or-nothing' | 'each-right'): QuestionOf<'ordering'> => ({ ...common, kind: 'ordering', items, scoring })
  const matching = (scoring: 'all-or-nothing' | 'each-right'): QuestionOf<'matching'> => ({
    ...common,
    kind: 'matching',
    pairs,
    distractors: [],
    scoring,
  })
  it.each([
    [ordering('each-right'), { kind: 'ordering', itemIds: ['a', 'c', 'b'] }, 2],
    [ordering('each-right'), { kind: 'ordering', itemIds: ['a', 'a', 'a', 'a'] }, 2],
    [ordering('all-or-nothing'), { kind: 'ordering', itemIds: ['a', 'c', 'b'] }, 0],
    [ordering('all-or-nothing'), { kind: 'ordering', itemIds: ['a', 'b', 'c'] }, 6],
    [
      matching('each-right'),
      {
        kind: 'matching',
        matches: [
          { promptId: 'a', matchId: 'ma' },
          { promptId: 'b', matchId: 'ma' },
        ],
      },
      2,
    ],
    [
      matching('each-right'),
      {
        kind: 'matching',
        matches: [
          { promptId: 'a', matchId: 'ma' },
          { promptId: 'a', matchId: 'mb' },
        ],
      },
      0,
    ],
    [matching('all-or-nothing'), { kind: 'matching', matches: [{ promptId: 'a', matchId: 'ma' }] }, 0],
  ] satisfies [QuestionOf<'ordering' | 'matching'>, AnswerValue, number][])('case %#', (question, answer, score) =>
    expect(gradeQuestion(question, answer, 'en').score).toBe(score),
  )
})
