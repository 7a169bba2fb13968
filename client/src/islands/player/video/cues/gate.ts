// Which moment is due, and how far one may seek. Pure: the page feeds it with times.
import type { CueState, Stretch } from '@cuepoint/contracts'
import { frontierOf, isSeen } from '../watching/stretches.ts'

export type Why = 'unseen' | 'question'

const byTime = (cues: readonly CueState[]) => [...cues].sort((a, b) => a.atSeconds - b.atSeconds)

/** The first open question that playing from `from` to `to` comes by; optional ones that were left for later are not due again. */
export function dueCue(cues: readonly CueState[], from: number, to: number, left: ReadonlySet<string>): CueState | null {
  const due = byTime(cues).find(
    ({ id, atSeconds, settled }) => !settled && !left.has(id) && atSeconds <= to && (atSeconds > from || (from === 0 && atSeconds === 0)),
  )
  return due ?? null
}

/** The first required question that is not settled, `passed` ones (answered without a connection) aside: nothing beyond it plays. */
export function wallOf(cues: readonly CueState[], passed: ReadonlySet<string>): CueState | null {
  return byTime(cues).find(({ id, required, settled }) => required && !settled && !passed.has(id)) ?? null
}

/** Where a wish to be at `wanted` may lead, and what stands in its way. */
export function seekTarget(
  wanted: number,
  rules: { freeToSeek: boolean; seen: readonly Stretch[]; cues: readonly CueState[]; passed: ReadonlySet<string> },
): { to: number; why: Why | null } {
  let to = wanted
  let why: Why | null = null
  if (!rules.freeToSeek && !isSeen(rules.seen, to)) {
    const frontier = frontierOf(rules.seen)
    if (to > frontier) {
      to = frontier
      why = 'unseen'
    }
  }
  const wall = wallOf(rules.cues, rules.passed)
  if (wall && to > wall.atSeconds) return { to: wall.atSeconds, why: 'question' }
  return { to, why }
}
