// Old events, delivered to a listener once more: to one target, for a range of time, in the order in which they happened.
import type { EventName } from '@cuepoint/contracts'
import { queryAlone } from '../db.ts'
import { clockShift, databaseNow } from './database-time.ts'
import { hint } from './listeners.ts'

export interface Redelivery {
  listener: string
  target: string
  /** A power of two of them; a person's lane is the one at the last bits of the fourth byte of the SHA-256 of their id. */
  lanes: readonly string[]
  institutionId: string
  names: readonly EventName[]
  from: Date
  /** Not included. */
  until: Date
}

// In bites, so that no statement runs for long.
const bite = 5000

const sql = `
with chosen as (
  select e.id, e.sequence, e.person_id from events e
  where e.institution_id = $1 and e.name = any($2::text[]) and e.occurred_at >= $3 and e.occurred_at < $4 and e.sequence > $5
    and e.person_id is not null
  order by e.sequence limit ${bite}
), put as (
  insert into deliveries as d (event_id, listener, target, lane, due_at)
  select id, $6, $7, ($8::text[])[1 + (get_byte(sha256(convert_to(person_id::text, 'UTF8')), 3) & $9::int)], ${databaseNow('$10')}
  from chosen order by sequence
  on conflict (event_id, listener, target) do update
    set state = 'due', due_at = excluded.due_at, attempts = 0, finished_at = null, last_error = null
    where d.state <> 'due'
)
select count(*)::int as count, max(sequence) as last from chosen`

/** Answers with how many. What is due already stays as it is. */
export async function redeliver(it: Redelivery): Promise<number> {
  let count = 0
  for (let after = 0; ; ) {
    const values = [
      it.institutionId,
      it.names,
      it.from,
      it.until,
      after,
      it.listener,
      it.target,
      it.lanes,
      it.lanes.length - 1,
      clockShift(),
    ]
    const [row] = await queryAlone<{ count: number; last: number | null }>(sql, values, 'deliveries.redeliver')
    count += row?.count ?? 0
    if (!row?.last || row.count < bite) break
    after = row.last
  }
  hint(it.lanes.map((lane) => ({ listener: it.listener, lane })))
  return count
}
