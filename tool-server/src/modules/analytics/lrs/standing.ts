// How the LRSs stand, in this process: one that is away is asked by one lane at a time, and not before its rest is over, so that an LRS
// that hangs takes one slot of the outbound queue and not all of them.
import { nowMs } from '../../../kernel/clock.ts'

interface Rest {
  failures: number
  until: number
  probing: boolean
}

const rests = new Map<string, Rest>()
const firstSeconds = 1
const capSeconds = 120
const longestSeconds = 3600

/** Seconds that a lane has to wait; 0 = it may call. Whoever may call says how it went, by `cameBack` or `isAway`. */
export function secondsToWait(lrsId: string): number {
  const rest = rests.get(lrsId)
  if (!rest) return 0
  const left = leftOf(rest)
  if (left > 0) return left
  if (rest.probing) return 2
  rest.probing = true
  return 0
}

function leftOf(rest: Rest | undefined): number {
  const left = ((rest?.until ?? 0) - nowMs()) / 1000
  // A clock that was set back must not make it rest for longer than it ever would.
  return left > 0 && left <= longestSeconds ? left : 0
}

/** It took something. True where it had been away: what waits for it may go now. */
export function cameBack(lrsId: string): boolean {
  // A call that was under way when it asked to be left alone is no sign that it may be asked again.
  return leftOf(rests.get(lrsId)) === 0 && rests.delete(lrsId)
}

/** Answers with how long it is left alone: doubling, with jitter, or as the LRS asked. */
export function isAway(lrsId: string, asked: number | undefined, chance = Math.random()): number {
  const before = rests.get(lrsId)
  const failures = (before?.failures ?? 0) + 1
  const doubled = Math.min(capSeconds, firstSeconds * 2 ** (failures - 1)) * (0.75 + 0.5 * chance)
  // Calls that were under way together may be answered differently: the longest rest that was asked for holds.
  const seconds = Math.max(asked ?? doubled, leftOf(before))
  rests.set(lrsId, { failures, until: nowMs() + seconds * 1000, probing: false })
  return seconds
}

/** A call that neither came back nor failed (the lease was lost, the process stops): another lane may ask. */
export function letGo(lrsId: string): void {
  const rest = rests.get(lrsId)
  if (rest) rest.probing = false
}

/** For tests, and after an operator said "resume". */
export function forgetRests(lrsId?: string): void {
  if (lrsId) rests.delete(lrsId)
  else rests.clear()
}
