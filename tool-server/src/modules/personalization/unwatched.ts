// PURE: what of a video was not watched.
import type { Span } from './reasons.ts'

export interface Watch {
  readonly lengthSeconds: number
  /** Merged, in order. */
  readonly watched: readonly (readonly [number, number])[]
}

export function watchedShare({ lengthSeconds, watched }: Watch): number {
  if (lengthSeconds <= 0) return 0
  return Math.min(1, watched.reduce((sum, [from, to]) => sum + to - from, 0) / lengthSeconds)
}

/** A shorter gap is a seek, and nothing that was missed. */
const shortestSeconds = 3

/** The longest stretch that was not watched, the earlier of equal ones; null where there is none worth going back for. */
export function longestGap({ lengthSeconds, watched }: Watch): Span | null {
  let longest: Span | null = null
  let at = 0
  for (const [from, to] of [...watched, [lengthSeconds, lengthSeconds] as const]) {
    const seconds = Math.min(from, lengthSeconds) - at
    if (seconds >= shortestSeconds && (longest === null || seconds > longest.toSeconds - longest.fromSeconds))
      longest = { fromSeconds: at, toSeconds: Math.min(from, lengthSeconds) }
    at = Math.max(at, to)
  }
  return longest
}

/** The share of a span that was watched. */
export function coveredShare(watched: Watch['watched'], { fromSeconds, toSeconds }: Span): number {
  if (toSeconds <= fromSeconds) return 0
  const seconds = watched.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, toSeconds) - Math.max(from, fromSeconds)), 0)
  return seconds / (toSeconds - fromSeconds)
}
