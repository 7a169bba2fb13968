// Moments as people write them: `1:04`, `1:02:09`.
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds + 1e-6))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const rest = `${Math.floor((whole % 3600) / 60)}:${two(whole % 60)}`
  return hours > 0 ? `${hours}:${rest.padStart(5, '0')}` : rest
}
