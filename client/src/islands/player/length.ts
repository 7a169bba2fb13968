// Lengths of time: in words for the rules, as a clock for the countdown.
import { t } from './questions/kind.ts'

/** `1 hour 30 minutes`, `45 seconds`. */
export function lengthInWords(seconds: number): string {
  const parts = [
    ['hours', Math.floor(seconds / 3600)],
    ['minutes', Math.floor((seconds % 3600) / 60)],
    ['seconds', seconds % 60],
  ] as const
  return parts
    .filter(([, n]) => n > 0)
    .map(([unit, n]) => t(unit, { n }))
    .join(' ')
}

/** `1:04:09`, `12:04`. */
export function lengthAsClock(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}
