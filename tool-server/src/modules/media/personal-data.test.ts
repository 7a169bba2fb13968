// What is told as personal data, and what is not.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { personalDataIn } from './personal-data.ts'

const kinds = (text: string): string[] => personalDataIn(text).map((it) => it.kind)

describe('personal data', () => {
  it.each([
    ['write to anna.meier@school.example, please', 'email'],
    ['call +49 151 23456789', 'phone'],
    ['call (030) 123 456 78', 'phone'],
    ['call 555-123-4567', 'phone'],
    ['my student ID 4711234', 'id-number'],
    ['Matrikelnummer: 1234567', 'id-number'],
    ['passport no. C01X00447', 'id-number'],
    ['SSN 123-45-6789', 'id-number'],
    ['pay with 4111 1111 1111 1111', 'card-number'],
    ['to DE89 3704 0044 0532 0130 00', 'bank-account'],
  ])('%j is %s', (text, kind) => expect(kinds(text)).toEqual([kind]))

  it.each([
    'Photosynthesis takes 6 CO2 and 6 H2O',
    'born 1809-02-12, died 1882',
    'on 12.02.2026 at 10:30',
    'the number 3.14159265 and 1234567',
    'IMG_20261126_101530.mp4',
    'pages 12-34, chapters 5 to 10',
    'a @ b, not an address',
    '4111 1111 1111 1112 is no card',
    'student idea 12',
  ])('%j is nothing', (text) => expect(kinds(text)).toEqual([]))

  it('shows the words around it', () =>
    expect(personalDataIn('Please do write to anna@school.example today, thank you')[0]?.excerpt).toContain(
      'write to anna@school.example today',
    ))

  it('ends with long texts that are made to hold it up, and with whatever else', () => {
    for (const evil of ['a', '1 ', '@', 'a.', 'DE89', '1-', '+1('])
      expect(personalDataIn(evil.repeat(25_000)).length).toBeLessThanOrEqual(50)
    const text = fc.string({ unit: 'binary', maxLength: 100 })
    fc.assert(
      fc.property(text, (given) => personalDataIn(given).every((it) => given.includes(it.excerpt))),
      { numRuns: 50 },
    )
  }, 60_000)
})
