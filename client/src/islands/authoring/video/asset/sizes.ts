// Bytes and lengths of time as an author reads them.
import { numeral } from '../../../../shell/locale.ts'
import { vt } from '../words.ts'

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** `12.5 MB`: decimal units, as file managers of phones and Macs show them. */
export function sizeOf(bytes: number): string {
  let at = 0
  let value = Math.max(0, bytes)
  while (value >= 999.5 && at < units.length - 1) {
    value /= 1000
    at += 1
  }
  return `${numeral(at < 2 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10)} ${units[at]}`
}

/** `3 minutes`: one unit is enough for a guess. */
export function leftOf(seconds: number): string {
  if (seconds < 60) return vt('left.seconds', { n: Math.max(1, Math.round(seconds)) })
  if (seconds < 5400) return vt('left.minutes', { n: Math.round(seconds / 60) })
  return vt('left.hours', { n: Math.round(seconds / 3600) })
}
