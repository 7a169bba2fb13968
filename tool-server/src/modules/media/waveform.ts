// PURE: how loud it is, ten times a second: what the timeline draws.
import { waveRate } from './encode-arguments.ts'

export const peaksPerSecond = 10
const samplesPerPeak = waveRate / peaksPerSecond

/** From 16-bit samples: the loudest of each tenth of a second, 0 to 100. `fromSeconds` is where the samples begin in the whole. */
export function peaksOf(samples: Buffer, fromSeconds: number): { from: number; values: number[] } {
  const from = Math.round(fromSeconds * peaksPerSecond)
  const values: number[] = []
  const count = Math.floor(samples.length / 2)
  for (let start = 0; start < count; start += samplesPerPeak) {
    let loudest = 0
    const end = Math.min(count, start + samplesPerPeak)
    for (let at = start; at < end; at++) loudest = Math.max(loudest, Math.abs(samples.readInt16LE(at * 2)))
    values.push(Math.round((loudest / 32_768) * 100))
  }
  return { from, values }
}

/** One list from the pieces, each at its place; what nobody measured is silence. */
export function joinedPeaks(pieces: readonly { from: number; values: readonly number[] }[], seconds: number): number[] {
  const all = new Array<number>(Math.max(0, Math.ceil(seconds * peaksPerSecond))).fill(0)
  for (const { from, values } of pieces) for (const [at, value] of values.entries()) if (from + at < all.length) all[from + at] = value
  return all
}
