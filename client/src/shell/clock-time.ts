// Moments as people write them: `1:04`, `1:02:09`.
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds + 1e-6))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const rest = `${Math.floor((whole % 3600) / 60)}:${two(whole % 60)}`
  return hours > 0 ? `${hours}:${rest.padStart(5, '0')}` : rest
}

/** To the tenth, for who sets moments: `1:04.5`. */
export function preciseClockOf(seconds: number): string {
  const tenths = Math.round(Math.max(0, seconds) * 10)
  const part = tenths % 10
  return part === 0 ? clockOf(tenths / 10) : `${clockOf((tenths - part) / 10)}.${part}`
}

/** What somebody typed (`1:04`, `64`, `1:02:09,5`) in seconds; null where it is no moment. */
export function secondsIn(text: string): number | null {
  const match = /^\s*(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5}(?:[.,]\d{1,3})?)\s*$/.exec(text)
  if (!match) return null
  const [, hours, minutes, seconds = ''] = match
  const last = Number(seconds.replace(',', '.'))
  if (minutes !== undefined && last >= 60) return null
  if (hours !== undefined && Number(minutes) >= 60) return null
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + last
}
