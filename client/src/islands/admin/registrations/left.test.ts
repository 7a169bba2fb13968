import { expect, it } from 'vitest'
import { leftInWords } from './left.ts'

it('A countdown names days and hours from afar, seconds at the end, and never less than nothing', () => {
  expect(leftInWords(2 * 86_400 + 3 * 3600 + 59)).toBe('2 d 3 h')
  expect(leftInWords(86_400)).toBe('24 h 0 min')
  expect(leftInWords(3 * 3600 + 12 * 60 + 40)).toBe('3 h 12 min')
  expect(leftInWords(245)).toBe('4 min 5 s')
  expect(leftInWords(8.2)).toBe('9 s')
  expect(leftInWords(-5)).toBe('0 s')
})
