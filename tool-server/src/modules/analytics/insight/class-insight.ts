// PURE: the class as a whole, from a row per learner.
import type { ClassInsight } from '@cuepoint/contracts'
import type { ClassRow } from '../../assessment/index.ts'

export function classInsightOf(rows: readonly ClassRow[], passShare: number | null): ClassInsight {
  const scored = rows.flatMap(({ share }) => (share === null ? [] : [share]))
  const scores = new Array<number>(10).fill(0)
  for (const share of scored) {
    const at = Math.min(9, Math.max(0, Math.floor(share * 10 + 1e-9)))
    scores[at] = (scores[at] ?? 0) + 1
  }
  const count = (is: (row: ClassRow) => boolean): number => rows.filter(is).length
  const enrolled = count((row) => row.enrolled)
  const started = count((row) => row.attempts > 0)
  const sync = { none: 0, waiting: 0, accepted: 0, refused: 0 }
  for (const row of rows) if (row.sync) sync[row.sync]++
  return {
    enrolled,
    // Who has left the course but has attempts stays in all steps.
    funnel: {
      enrolled: rows.length,
      started,
      answered: count((row) => row.answered),
      finished: count((row) => row.finished),
    },
    scores,
    meanShare: scored.length === 0 ? null : scored.reduce((sum, it) => sum + it, 0) / scored.length,
    medianMinutes: medianOf(rows.flatMap(({ seconds }) => (seconds === null ? [] : [seconds / 60]))),
    sync,
    passed: passShare === null ? null : scored.filter((share) => share >= passShare).length,
  }
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const [lower, upper] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return lower === undefined || upper === undefined ? null : Math.round(((lower + upper) / 2) * 10) / 10
}
