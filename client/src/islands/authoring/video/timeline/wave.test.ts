import { expect, it } from 'vitest'
import { columnsOf } from './wave.tsx'

it('keeps the loudest of each column, and every value where there are few', () => {
  expect(columnsOf([1, 9, 2, 3, 0, 7], 3)).toEqual([9, 3, 7])
  expect(columnsOf([5, 6], 3)).toEqual([5, 6])
  expect(columnsOf([])).toEqual([])
  expect(columnsOf(Array.from({ length: 36_000 }, (_, at) => at % 100))).toHaveLength(600)
})
