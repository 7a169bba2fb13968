// The parts that statements are put together from: who it is about, numbers, texts.
import { describe, expect, it } from 'vitest'
import { actorOf } from './actor.ts'
import { playedSegments, scoreOf } from './numbers.ts'
import { plainText } from './plain-text.ts'

describe('an actor', () => {
  const who = {
    personId: '6c1d3d6e-2c2f-4a52-8c3a-000000000091',
    externalId: 'sub-1',
    email: 'lea@school.example',
    homePage: 'https://lms.example.edu',
  }
  const base = 'https://tool.example.org'
  const account = { objectType: 'Agent', account: { homePage: 'https://lms.example.edu', name: 'sub-1' } }
  it('is the account at the LMS, which tells no address', () => {
    expect(actorOf(who, { as: 'account' }, base)).toEqual(account)
    expect(actorOf({ ...who, homePage: '' }, { as: 'account' }, base)).toMatchObject({ account: { homePage: base } })
  })
  it('is a pseudonym that stays in one LRS and is another one in the next', () => {
    const name = (salt: string) => JSON.stringify(actorOf(who, { as: 'pseudonym', salt }, base))
    expect(name('one')).toBe(name('one'))
    expect(name('one')).not.toBe(name('two'))
    expect(name('one')).not.toMatch(/sub-1|lea@|6c1d3d6e/)
  })
  it('is the mail address where that was chosen and there is one', () => {
    expect(actorOf(who, { as: 'mail' }, base)).toEqual({ objectType: 'Agent', mbox: 'mailto:lea@school.example' })
    expect(actorOf({ ...who, email: '' }, { as: 'mail' }, base)).toEqual(account)
  })
})

it('numbers and texts: shares at their ends, thousandths, entities', () => {
  expect(scoreOf(0, 0)).toBeUndefined()
  expect(scoreOf(1, 3)).toEqual({ scaled: 0.333333, raw: 1, min: 0, max: 3 })
  expect(scoreOf(12, 10)).toEqual({ scaled: 1 })
  expect(playedSegments([])).toBe('')
  expect(plainText('<p>5&nbsp;&lt; 6 &#8800; <em>7</em></p><p>so</p>')).toBe('5 < 6 ≠ 7 so')
  expect(plainText(`<p>${'x'.repeat(600)}</p>`)).toHaveLength(500)
})
