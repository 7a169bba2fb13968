// What a refused save means: wait and try again, ask the author, or say that only a new launch helps.
import type { Problem } from '@cuepoint/contracts'

/** By shape, not by class: `ApiProblem` carries the server's own words. */
interface Refusal {
  readonly code: string
  readonly status: number
  readonly problem: Problem
}

function refusalIn(error: unknown): Refusal | null {
  return error instanceof Error && 'code' in error && 'status' in error && 'problem' in error ? (error as Error & Refusal) : null
}

export function isConflict(error: unknown): boolean {
  return refusalIn(error)?.code === 'draft_conflict'
}

/** Can the same save succeed later? Yes without a network, when the server is ill or asks us to slow down. */
export function canWait(error: unknown): boolean {
  const refusal = refusalIn(error)
  return !refusal || refusal.status >= 500 || refusal.status === 429 || refusal.status === 408
}

/** Only opening the activity again from the course helps. */
export function sessionIsOver(error: unknown): boolean {
  return refusalIn(error)?.status === 401
}

export function isGone(error: unknown): boolean {
  const code = refusalIn(error)?.code
  return code === 'activity_not_found' || code === 'activity_deleted'
}

/** Could writing something else help? Not where the session or the activity is over. */
export function canBeMended(error: unknown): boolean {
  return !sessionIsOver(error) && !isGone(error)
}
