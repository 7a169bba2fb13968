import { describe, expect, it } from 'vitest'
import { fingerprintOf, isFileOf } from './fingerprint.ts'

const file = (text: string, name = 'clip.mp4') => new File([text], name, { type: 'video/mp4' })
const begunWith = async (it: File) => ({
  bytes: it.size,
  upload: { mine: true, fingerprint: await fingerprintOf(it), touchedAt: '2026-01-01T00:00:00.000Z' },
})

describe('a file chosen once more', () => {
  it('is known again by its bytes, name and size', async () => {
    const asset = await begunWith(file('one'))
    expect(isFileOf(asset, file('one'), await fingerprintOf(file('one')))).toBe(true)
    for (const other of [file('two'), file('one', 'other.mp4'), file('one more')])
      expect(isFileOf(asset, other, await fingerprintOf(other))).toBe(false)
  })

  it('is taken by its size where no fingerprint could be made', async () => {
    const asset = await begunWith(file('one'))
    expect(isFileOf(asset, file('two'), null)).toBe(true)
    expect(isFileOf({ ...asset, upload: null }, file('two'), 'abc')).toBe(true)
    expect(isFileOf({ ...asset, upload: null }, file('longer'), 'abc')).toBe(false)
  })
})
