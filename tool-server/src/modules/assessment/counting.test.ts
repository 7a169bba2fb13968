// Which attempts count, and when right answers may be seen.
import { describe, expect, it } from 'vitest'
import { countedOf, mayShowAnswers, type Submitted, type Tried } from './counting.ts'

const at = (minute: number) => new Date(2026, 0, 1, 8, minute)
const attempt = (number: number, score: number, maxScore = 10): Submitted => ({
  id: `a${number}`,
  number,
  score,
  maxScore,
  startedAt: at(number * 10),
  submittedAt: at(number * 10 + 5),
})

describe('the counting rule', () => {
  const three = [attempt(2, 9), attempt(1, 4), attempt(3, 5)]
  it('needs an attempt', () => expect(countedOf([], 'best')).toBeNull())
  it.each([
    ['first', 4, 15],
    ['last', 5, 35],
    ['best', 9, 25],
    ['average', 6, 35],
  ] as const)('%s', (rule, score, minute) =>
    expect(countedOf(three, rule)).toMatchObject({ score, maxScore: 10, attempts: 3, submittedAt: at(minute) }),
  )
  it('compares attempts on Versions of different worth by their share', () => {
    const two = [attempt(1, 5, 5), attempt(2, 9, 10)]
    expect(countedOf(two, 'best')).toMatchObject({ score: 5, maxScore: 5 })
    expect(countedOf(two, 'average')).toMatchObject({ score: 9.5, maxScore: 10 })
  })
  it('of two equally good ones counts the earlier', () =>
    expect(countedOf([attempt(1, 7), attempt(2, 7)], 'best')?.submittedAt).toEqual(at(15)))
})

describe('right answers', () => {
  const settings = {
    attemptsAllowed: 2,
    counting: 'best',
    shuffleQuestions: false,
    shuffleChoices: false,
    showAnswers: 'after-last-attempt',
    timeLimitSeconds: null,
  } as const
  const done = (score: number): Tried => ({ state: 'submitted', score, maxScore: 10 })
  const open: Tried = { state: 'open', score: null, maxScore: 10 }
  it('show never, or after any submit, where the author says so', () => {
    expect(mayShowAnswers([done(10), done(10)], { ...settings, showAnswers: 'never' })).toBe(false)
    expect(mayShowAnswers([done(0), open], { ...settings, showAnswers: 'after-submit' })).toBe(true)
  })
  it('show after the last attempt and not while one is open', () => {
    expect(mayShowAnswers([done(5)], settings)).toBe(false)
    expect(mayShowAnswers([done(5), open], settings)).toBe(false)
    expect(mayShowAnswers([done(10), open], settings)).toBe(false)
    expect(mayShowAnswers([done(5), done(6)], settings)).toBe(true)
  })
  it('show where no further attempt can change the Result', () => {
    expect(mayShowAnswers([done(10)], settings)).toBe(true)
    expect(mayShowAnswers([done(3)], { ...settings, counting: 'first', attemptsAllowed: null })).toBe(true)
    expect(mayShowAnswers([done(10)], { ...settings, counting: 'last' })).toBe(false)
  })
})
