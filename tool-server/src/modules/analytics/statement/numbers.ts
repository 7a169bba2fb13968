// PURE: scores, durations and seconds as xAPI writes them.
import type { Score } from './statement.ts'

/** `scaled` always; raw, min and max come together, and only as whole numbers (half points say `scaled` alone). */
export function scoreOf(score: number, maxScore: number): Score | undefined {
  if (!(maxScore > 0)) return undefined
  const scaled = rounded(Math.min(1, Math.max(-1, score / maxScore)), 6)
  const whole = Number.isInteger(score) && Number.isInteger(maxScore) && score <= maxScore && score >= 0
  return whole ? { scaled, raw: score, min: 0, max: maxScore } : { scaled }
}

/** From milliseconds to ISO 8601, to a hundredth of a second. */
export function durationOf(ms: number): string {
  return `PT${rounded(Math.max(0, ms) / 1000, 2)}S`
}

/** To so many decimals, without the dust of binary fractions. */
export function rounded(value: number, decimals: number): number {
  const times = 10 ** decimals
  return Math.round((value + Number.EPSILON) * times) / times
}

/** Seconds, or a share, as the Video Profile wants them: at most three decimals. */
export function thousandths(value: number): number {
  return rounded(value, 3)
}

/** `0.000[.]12.000[,]14.000[.]21.000`: in the order of the video, everything the registration has seen. */
export function playedSegments(played: readonly (readonly [number, number])[]): string {
  return [...played]
    .sort(([a], [b]) => a - b)
    .map(([from, to]) => `${from.toFixed(3)}[.]${to.toFixed(3)}`)
    .join('[,]')
}
