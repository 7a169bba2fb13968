// How hard activities have been so far where they are placed: the mean share that first attempts earned.
import { queryAlone } from '../../../kernel/db.ts'
import type { Histogram } from './aggregates.ts'

/** Fewer first attempts say nothing of an activity, and might say something of a person. */
const fewest = 5

/** By placement, 0..1; where too few have handed in there is none. */
export async function facilitiesOf(placementIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await queryAlone<{ placement_id: string; totals: Histogram }>(
    `select placement_id, sums->'totals' as totals from insight_sums where placement_id = any($1::uuid[])`,
    [placementIds],
    'insight-facilities',
  )
  const sums = new Map<string, { n: number; percent: number }>()
  for (const { placement_id, totals } of rows) {
    const sum = sums.get(placement_id) ?? { n: 0, percent: 0 }
    for (const [percent, count] of Object.entries(totals)) {
      sum.n += count
      sum.percent += Number(percent) * count
    }
    sums.set(placement_id, sum)
  }
  return new Map([...sums].flatMap(([id, { n, percent }]) => (n < fewest ? [] : [[id, percent / n / 100]])))
}
