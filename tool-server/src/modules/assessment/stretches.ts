// PURE: stretches of a video and their union. Which order they come in never matters, and a union is never longer than the video.
import type { Stretch } from '@cuepoint/contracts'

export type Union = readonly Readonly<Stretch>[]

/** A frame or two between two reports of one playing: no gap. */
const bridgedSeconds = 0.1

/** Inside [0, length], merged, in order; what is empty or no number is left out. */
export function unionOf(stretches: Union, lengthSeconds: number): Stretch[] {
  const inside = stretches
    .map(([from, to]): Stretch => [Math.max(0, toMillisecond(from)), Math.min(lengthSeconds, toMillisecond(to))])
    .filter(([from, to]) => to > from)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const merged: Stretch[] = []
  for (const [from, to] of inside) {
    const last = merged.at(-1)
    if (last && from - last[1] <= bridgedSeconds) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** The seconds in a union. */
export function secondsIn(union: Union): number {
  return union.reduce((sum, [from, to]) => sum + to - from, 0)
}

/** The last second that any of it reaches. */
export function furthestOf(union: Union): number {
  return union.reduce((furthest, [, to]) => Math.max(furthest, to), 0)
}

/** Players stop a little before the end, and a seek may swallow a moment: so much may be missing from the whole. */
const missingSeconds = 1
const missingShare = 0.05

/** The watched share of the whole, 0..1. */
export function watchedShareOf(union: Union, lengthSeconds: number): number {
  if (lengthSeconds <= 0) return 0
  const missing = lengthSeconds - secondsIn(union)
  if (missing <= Math.min(missingSeconds, lengthSeconds * missingShare)) return 1
  return Math.max(0, Math.round((1 - missing / lengthSeconds) * 1e6) / 1e6)
}

function toMillisecond(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}
