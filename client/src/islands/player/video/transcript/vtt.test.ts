import { describe, expect, it } from 'vitest'
import { lineAt, linesIn } from './vtt.ts'

const vtt = `WEBVTT

NOTE made by hand

1
00:00.500 --> 00:02.000 align:start
Good <b>morning</b> &amp; welcome,
to both of you.

01:00:03.250 --> 01:00:04.000
An hour later
`

describe('a transcript', () => {
  it('reads times and plain words', () => {
    expect(linesIn(vtt)).toEqual([
      { from: 0.5, to: 2, text: 'Good morning & welcome, to both of you.' },
      { from: 3603.25, to: 3604, text: 'An hour later' },
    ])
  })

  it('knows which line is spoken', () => {
    const lines = linesIn(vtt)
    expect(lineAt(lines, 0)).toBe(-1)
    expect(lineAt(lines, 0.5)).toBe(0)
    expect(lineAt(lines, 600)).toBe(0)
    expect(lineAt(lines, 4000)).toBe(1)
  })

  it('makes nothing of what is no WebVTT', () => {
    expect(linesIn('<html>not found</html>')).toEqual([])
  })
})
