// Captions: what is read from files as people have them, and that nothing but words and times comes through.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cuesIn, tidiedCues, vttOf } from './caption-files.ts'

describe('captions files', () => {
  it('are read as WebVTT, with notes, styles, names, settings and tags left out', () => {
    const file = `\ufeffWEBVTT - made by hand

NOTE nobody reads this
--> not a time

STYLE
::cue { background: url(https://evil.example) }

intro
00:01.000 --> 00:02.500 align:start position:10%
<v Anna>Hello <b>world</b> &amp; <c.yellow>all</c>

01:00:00.000 --> 01:00:02.000
Two
lines <00:19.000>here`
    expect(cuesIn(file, 100)).toEqual([
      { fromSeconds: 1, toSeconds: 2.5, text: 'Anna: Hello world & all' },
      { fromSeconds: 3600, toSeconds: 3602, text: 'Two\nlines here' },
    ])
  })

  it('are read as SubRip, with its commas, fonts and places', () => {
    const file =
      '1\r\n00:00:01,000 --> 00:00:02,000\r\n<font color="red">{\\an8}Rot</font>\r\n\r\n2\r\n00:00:03,5 --> 00:00:04,000\r\n<i>x</i>\r\n'
    expect(cuesIn(file, 100)).toEqual([
      { fromSeconds: 1, toSeconds: 2, text: 'Rot' },
      { fromSeconds: 3.5, toSeconds: 4, text: 'x' },
    ])
  })

  it.each([
    ['#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd', 1],
    ['WEBVTT\n\n00:05.000 --> 00:01.000\nbackwards', 3],
    ['WEBVTT\n\nfloating words\nwithout a time', 3],
    ['{"json": true}', 1],
  ])('%j is refused with its line', (file, line) => expect(cuesIn(file, 100)).toMatchObject({ line }))

  it('may not be too many', () => {
    const many = Array.from({ length: 11 }, (_none, at) => `00:${String(at).padStart(2, '0')}.000 --> 00:59.000\nx\n`).join('\n')
    expect(cuesIn(`WEBVTT\n\n${many}`, 10)).toHaveProperty('message')
  })

  it('(attack 35) carry no markup on, whatever is in them', () => {
    const evil = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<img src=x onerror=alert(1)><script>alert(1)</script>\n&lt;script&gt;'
    const cues = cuesIn(evil, 10)
    const vtt = vttOf(cues as never)
    expect(vtt).not.toMatch(/<|onerror/)
    expect(vtt).toContain('&lt;script&gt;')
  })

  it('say the same after they were written and read again', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 })
    const cue = fc.record({ fromSeconds: fc.integer({ min: 0, max: 1e7 }), length: fc.integer({ min: 1, max: 9e4 }), text })
    fc.assert(
      fc.property(fc.array(cue, { maxLength: 4 }), (given) => {
        const cues = given.map((it) => ({
          fromSeconds: it.fromSeconds / 1000,
          toSeconds: (it.fromSeconds + it.length) / 1000,
          text: it.text,
        }))
        const tidy = tidiedCues(cues) ?? []
        const again = cuesIn(vttOf(tidy), 100)
        expect(again).toEqual(tidy)
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})
