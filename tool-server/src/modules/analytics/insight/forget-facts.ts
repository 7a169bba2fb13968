// A person's attempts are taken out of what the dashboards count: their facts go, and the sums are as if they had never been.
import { query, type Tx } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/live.ts'
import type { AttemptFact } from './facts.ts'
import { changeSums, insightChannel, lockSums } from './keep-insight.ts'

export async function forgetFacts(tx: Tx, personId: string): Promise<number> {
  const places = await query<{ placement_id: string }>(
    tx,
    'select distinct placement_id from insight_facts where person_id = $1 order by 1',
    [personId],
  )
  let count = 0
  for (const { placement_id: placementId } of places) {
    await lockSums(tx, placementId)
    const gone = await query<{ fact: AttemptFact }>(
      tx,
      'delete from insight_facts where placement_id = $1 and person_id = $2 returning fact',
      [placementId, personId],
    )
    const facts = gone.map(({ fact }) => fact)
    await changeSums(tx, placementId, facts, [])
    publish(tx, insightChannel, placementId)
    count += gone.length
  }
  return count
}
