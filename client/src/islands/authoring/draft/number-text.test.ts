import { describe, expect, it } from 'vitest'
import { numberFrom, numberText } from './number-text.ts'

describe('numbers as people type them', () => {
  it.each([
    ['7,5', 'de', 7.5],
    ['7.5', 'de', 7.5],
    ['1.234,5', 'de', 1234.5],
    ['7,5', 'en', 7.5],
    ['1,234', 'en', 1234],
    ['1,234.5', 'en', 1234.5],
    ['−3', 'en', -3],
    ['1 000', 'fr', 1000],
    ['1e3', 'en', 1000],
    ['.5', 'en', 0.5],
    [' 42 ', 'not a locale!', 42],
  ])('%s in %s', (text, locale, value) => expect(numberFrom(text, locale)).toBe(value))

  it.each(['', '-', 'abc', '1e999', '7,5,5', 'NaN', 'Infinity', '1 m'])('refuses %j', (text) => {
    expect(numberFrom(text, 'en')).toBeNull()
  })

  it('shows them as the locale does', () => {
    expect(numberText(7.5, 'de')).toBe('7,5')
    expect(numberText(1234.5, 'en')).toBe('1234.5')
  })
})
