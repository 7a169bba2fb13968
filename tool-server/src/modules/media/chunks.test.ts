import fc from 'fast-check'
import { expect, test } from 'vitest'
import { audioFrameAt, chunksOf, leadOf } from './chunks.ts'
import { soundPieceOf, timescaleOf } from './encode-arguments.ts'
import { perSecond, type Rate } from './probe.ts'

const rates: Rate[] = [
  { num: 25, den: 1 },
  { num: 30_000, den: 1001 },
  { num: 24_000, den: 1001 },
  { num: 60, den: 1 },
  { num: 5, den: 1 },
  { num: 12, den: 1 },
]
const gridOf = (rate: Rate) => ({ rate, segmentFrames: 2 * Math.max(1, Math.round(2 * perSecond(rate))) })
const anyRate = fc.constantFrom(...rates)
const anyLength = fc.double({ min: 0.05, max: 6 * 3600, noNaN: true })

test('chunks follow each other frame by frame, begin at whole segments, and last about a minute at most', () => {
  fc.assert(
    fc.property(anyLength, anyRate, (seconds, rate) => {
      const grid = gridOf(rate)
      const chunks = chunksOf(seconds, grid)
      let frame = 0
      chunks.forEach((chunk, index) => {
        expect(chunk.index).toBe(index)
        expect(chunk.firstFrame).toBe(frame)
        expect(chunk.firstFrame).toBe(chunk.firstSegment * grid.segmentFrames)
        expect(chunk.fromSeconds).toBeCloseTo(chunk.firstFrame / perSecond(rate), 9)
        expect(chunk.aboutSeconds).toBeLessThan(85)
        expect(chunk.frames === null).toBe(index === chunks.length - 1)
        frame += chunk.frames ?? 0
      })
      const sum = chunks.reduce((total, it) => total + it.aboutSeconds, 0)
      expect(Math.abs(sum - seconds)).toBeLessThan(0.2)
    }),
  )
})

test.each([
  [20, [12, 8]],
  [8, [8]],
  [61, [32, 29]],
  [600, [...Array.from({ length: 10 }, () => 60)]],
])('%d seconds at 25 frames make chunks of %j seconds', (seconds, expected) => {
  expect(chunksOf(seconds, gridOf({ num: 25, den: 1 })).map((it) => Math.round(it.aboutSeconds))).toEqual(expected)
})

test('a beginning is made apart only where it is clearly shorter than its chunk', () => {
  const grid = gridOf({ num: 25, den: 1 })
  const lead = (seconds: number) => {
    const [first] = chunksOf(seconds, grid)
    return first && leadOf(first, grid)?.aboutSeconds
  }
  expect([lead(5), lead(10), lead(20), lead(3600)]).toEqual([undefined, 4, 4, 4])
})

test('frames of sound go on where the chunk before ended, and lie within half a frame of the pictures', () => {
  fc.assert(
    fc.property(anyLength, anyRate, fc.constantFrom(44_100, 48_000), (seconds, rate, sampleRate) => {
      let next = 0
      for (const chunk of chunksOf(seconds, gridOf(rate))) {
        const piece = soundPieceOf(chunk, { sampleRate, channels: 2, bitRate: 128_000 })
        expect(piece.first).toBe(next)
        expect(Math.abs((piece.first * 1024) / sampleRate - chunk.fromSeconds)).toBeLessThanOrEqual(512.5 / sampleRate)
        next = chunk.frames === null ? next : audioFrameAt(chunk.toSeconds, sampleRate)
        if (chunk.frames !== null) expect(piece.first + piece.frames).toBe(next)
      }
    }),
  )
})

test('a frame lasts a whole number of ticks', () => {
  for (const rate of rates) {
    const { timescale, frameTicks } = timescaleOf(rate)
    expect(Number.isInteger(timescale) && Number.isInteger(frameTicks)).toBe(true)
    expect(timescale / frameTicks).toBeCloseTo(perSecond(rate), 9)
    expect(timescale).toBeGreaterThanOrEqual(10_000)
  }
})
