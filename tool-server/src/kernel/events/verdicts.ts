// From what a listener did or threw to what is written of each row: done, again after a while, or parked with its reason.
import { GiveUp, TryLater } from '../errors.ts'
import type { Delivery, Listener, Outcome } from '../module.ts'
import type { Verdict } from './deliveries.ts'

type Retry = Listener['retry']

/** How often a worker may die while it runs a row, on top of the failures it may have. */
const crashesForgiven = 3

/** Doubles from `firstSeconds` to `capSeconds`, ±25 % so that what failed together does not come back together. */
export function waitSeconds(retry: Retry, attempt: number, chance: number = Math.random()): number {
  return Math.min(retry.capSeconds, retry.firstSeconds * 2 ** (attempt - 1)) * (0.75 + 0.5 * chance)
}

/** The listener came back: `outcomes` names the rows that are not done. */
export function verdictsOf(rows: readonly Delivery[], outcomes: ReadonlyMap<string, Outcome> | void, retry: Retry): Verdict[] {
  return rows.map((row) => {
    const outcome = outcomes?.get(row.id)
    if (!outcome) return { id: row.id, state: 'done' }
    if ('giveUp' in outcome) return parked(row, outcome.giveUp)
    return failed(row, outcome.retry, outcome.afterSeconds, retry)
  })
}

/** The listener threw: the same for every row. */
export function verdictsOfError(rows: readonly Delivery[], error: unknown, retry: Retry): Verdict[] {
  const reason = reasonOf(error)
  if (error instanceof GiveUp) return rows.map((row) => parked(row, reason))
  const after = error instanceof TryLater ? error.afterSeconds : undefined
  return rows.map((row) => failed(row, reason, after, retry))
}

/** Rows that have ended so many workers that no further one is risked. */
export function deadlyRows(rows: readonly Delivery[], retry: Retry): Verdict[] {
  return rows
    .filter((row) => row.attempt > retry.attempts + crashesForgiven)
    .map((row) => parked(row, `a worker stopped ${row.attempt - 1} times while it ran this`))
}

function failed(row: Delivery, reason: string, afterSeconds: number | undefined, retry: Retry): Verdict {
  if (row.attempt >= retry.attempts) return parked(row, reason)
  // Never before the time that the other side asked for.
  const wait = afterSeconds === undefined ? waitSeconds(retry, row.attempt) : afterSeconds * (1 + 0.1 * Math.random())
  return { id: row.id, state: 'due', reason: cut(reason), afterSeconds: wait }
}

function parked(row: Delivery, reason: string): Verdict {
  return { id: row.id, state: 'parked', reason: cut(reason) }
}

/** What may be kept of an error: its message without tokens, at most 500 characters. */
function reasonOf(error: unknown): string {
  return cut(error instanceof Error ? error.message || error.name : String(error))
}

function cut(reason: string): string {
  return reason
    .replace(/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '[token]')
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 [token]')
    .replace(/\b(\w*(?:token|secret|password|assertion|signature))(["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi, '$1$2[removed]')
    .replace(/\/\/[^/\s:@]+:[^/\s@]+@/g, '//[removed]@')
    .replaceAll('\0', '')
    .slice(0, 500)
}
