// A line that would come a thousand times a minute during an outage comes once, and then says how many were left out.
import { log } from '../log.ts'

const periodMs = 10_000
const said = new Map<string, { at: number; leftOut: number }>()

/** Logs a warning, at most every 10 s per message. */
export function warnSeldom(message: string, error: unknown, more: Record<string, unknown> = {}): void {
  const before = said.get(message)
  const at = Date.now()
  if (before && at - before.at < periodMs) {
    before.leftOut++
    return
  }
  said.set(message, { at, leftOut: 0 })
  log.warn({ err: error, ...more, ...(before?.leftOut ? { leftOut: before.leftOut } : {}) }, message)
}
