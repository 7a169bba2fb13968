// Leases and due times go by the clock of the database, because it is one clock for all processes. kernel/clock only moves it:
// by nothing in production, by as much as a test has set it.
import { nowMs } from '../clock.ts'

/** The parameter that `databaseNow` names: milliseconds. */
export function clockShift(): number {
  return nowMs() - Date.now()
}

/** SQL for the time of the statement; `parameter` is where clockShift() stands, e.g. `$1`. */
export function databaseNow(parameter: string): string {
  return `(statement_timestamp() + ${parameter}::float8 * interval '1 millisecond')`
}
