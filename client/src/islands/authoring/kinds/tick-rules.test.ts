import { describe, expect, it } from 'vitest'
import { tickExample, tickPoints, tickRules } from './tick-rules.ts'

const all = { right: 2, options: 5 }

describe.each(tickRules)('%s', (rule) => {
  it('gives everything for all right ones, and nothing for no tick at all', () => {
    expect(tickPoints(rule, { right: 2, wrong: 0 }, all, 3)).toBe(3)
    expect(tickPoints(rule, { right: 0, wrong: 0 }, all, 3)).toBe(0)
  })
})

it('tells the rules apart as the contract says', () => {
  const one = (right: number, wrong: number) => tickRules.map((rule) => tickPoints(rule, { right, wrong }, all, 10))
  expect(one(1, 0)).toEqual([0, 5, 8])
  expect(one(2, 1)).toEqual([0, 5, 8])
  expect(one(0, 3)).toEqual([0, 0, 0])
  expect(one(1, 2)).toEqual([0, 0, 4])
})

it('explains on the question itself, or on two of four while nothing is marked', () => {
  const choices = [true, true, true, false].map((correct) => ({ correct }))
  expect(tickExample('right-minus-wrong', choices, 3)).toContain('2 of the 3')
  expect(tickExample('right-minus-wrong', [{ correct: false }], 3)).toContain('1 of the 2')
})
