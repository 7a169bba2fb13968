import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanFileName } from './file-name.ts'

describe('a file’s name', () => {
  it.each([
    ['Lecture 3 – Zellen.mp4', 'Lecture 3 – Zellen.mp4'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\anna\\film.mov', 'film.mov'],
    ['evil\u0000.mp4', 'evil.mp4'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['a\u200bb\ufeff.mp4', 'ab.mp4'],
    ['"quoted"<b>.mp4', '_quoted__b_.mp4'],
    ['line\nbreak\r.mp4', 'linebreak.mp4'],
    ['...', 'Untitled'],
    ['', 'Untitled'],
    ['\ud800', '�'],
  ])('%j becomes %j', (given, kept) => expect(cleanFileName(given)).toBe(kept))

  it('keeps its ending when it is too long', () => {
    const name = cleanFileName(`${'ü'.repeat(300)}.mp4`)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
    expect(name.endsWith('ü.mp4')).toBe(true)
  })

  it('whatever is given has no path, nothing invisible, and changes no more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (given) => {
        const name = cleanFileName(given)
        expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}]/u)
        expect(name).not.toBe('')
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
        expect(cleanFileName(name)).toBe(name)
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})
