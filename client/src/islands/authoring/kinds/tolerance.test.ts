import { expect, it } from 'vitest'
import { acceptedRange, percentOf, shareOf } from './tolerance.ts'

it('gives the range of right answers', () => {
  expect(acceptedRange(9.81, { kind: 'absolute', amount: 0.1 })).toEqual({ from: 9.71, to: 9.91 })
  expect(acceptedRange(-200, { kind: 'relative', amount: 0.05 })).toEqual({ from: -210, to: -190 })
  expect(acceptedRange(0.3, { kind: 'absolute', amount: 0 })).toEqual({ from: 0.3, to: 0.3 })
})

it('takes percent there and back without dust', () => {
  for (const percent of [5, 7.5, 0.1, 33.3, 110]) expect(percentOf(shareOf(percent))).toBe(percent)
})
