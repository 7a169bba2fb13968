// Stretches of the video, [from, to] in seconds: what has been seen, and how far unseen parts may not be skipped.
import type { Stretch } from '@cuepoint/contracts'

/** Two stretches this close are one: a pause and a play leave such gaps. */
const JOINS = 0.5

export function merged(stretches: readonly Stretch[], joins = JOINS): Stretch[] {
  const sorted = [...stretches].sort((a, b) => a[0] - b[0])
  const out: Stretch[] = []
  for (const [from, to] of sorted) {
    const last = out.at(-1)
    if (last && from <= last[1] + joins) last[1] = Math.max(last[1], to)
    else out.push([from, to])
  }
  return out
}

/** The end of what was seen from the start on without a gap. */
export function frontierOf(seen: readonly Stretch[]): number {
  const first = merged(seen)[0]
  return first && first[0] <= JOINS ? first[1] : 0
}

/** Seen at that moment, or right at the edge of it. */
export function isSeen(seen: readonly Stretch[], at: number): boolean {
  return seen.some(([from, to]) => at >= from - JOINS && at <= to + JOINS)
}
