// The range of right answers of a number question; percent as people write it, shares as the document keeps them.
import type { QuestionOf } from '@cuepoint/contracts'

type Tolerance = QuestionOf<'number'>['tolerance']

/** Twelve significant digits: 0.1 + 0.2 shall read 0.3. */
const tidy = (value: number): number => Number(value.toPrecision(12))

export const percentOf = (share: number): number => tidy(share * 100)
export const shareOf = (percent: number): number => tidy(percent / 100)

export function acceptedRange(value: number, tolerance: Tolerance): { from: number; to: number } {
  const off = tolerance.kind === 'absolute' ? tolerance.amount : tolerance.amount * Math.abs(value)
  return { from: tidy(value - off), to: tidy(value + off) }
}
