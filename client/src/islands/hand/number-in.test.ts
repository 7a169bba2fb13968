import { expect, it } from 'vitest'
import { numberIn } from './number-in.ts'

it.each([
  ['7', 'en', 7],
  ['7.5', 'en', 7.5],
  ['7,5', 'de', 7.5],
  ['7.5', 'de', 7.5],
  [' 12 ', 'en', 12],
  ['', 'en', null],
  ['-1', 'en', null],
  ['seven', 'en', null],
  ['7.5', 'x-bad!', 7.5],
])('%s in %s is %s', (text, locale, number) => expect(numberIn(text, locale)).toBe(number))
