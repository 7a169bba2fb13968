// The safety net under the queue: which lanes have work that nobody does, found in the rows themselves; and old rows swept out.
import { queryAlone } from '../db.ts'
import type { Listener } from '../module.ts'
import { clockShift, databaseNow } from './database-time.ts'
import type { ListenerLane } from './listeners.ts'

/** An ordered lane is due when its first row is: rows held back behind one that waits must not crowd out other lanes. */
const dueSql = `
with t as (select ${databaseNow('$3')} as now)
select listener, lane from (
  select head.* from (
    select distinct on (listener, lane) listener, lane, due_at from deliveries
    where state = 'due' and listener = any ($1::text[]) order by listener, lane, id
  ) head, t where head.due_at <= t.now
  union all
  select listener, lane, min(due_at) from deliveries, t
  where state = 'due' and due_at <= t.now and listener = any ($2::text[]) group by listener, lane
) lanes
where not exists (select from lane_leases l, t where l.listener = lanes.listener and l.lane = lanes.lane and l.until > t.now)
order by due_at limit $4::int`

/** Lanes of these listeners with due rows and no live lease, longest waiting first. */
export function dueLanes(listeners: readonly Listener[], limit: number): Promise<ListenerLane[]> {
  const names = (ordered: boolean) => listeners.filter((listener) => listener.ordered === ordered).map((listener) => listener.name)
  return queryAlone<ListenerLane & { [column: string]: unknown }>(
    dueSql,
    [names(true), names(false), clockShift(), limit],
    'deliveries.due-lanes',
  )
}

const keepDoneDays = 7

/** Deletes what was done a week ago, in small bites so that no lock is held for long; answers with how many. */
export async function sweepOutDone(bite = 1000): Promise<number> {
  const long = `${databaseNow('$1')} - interval '${keepDoneDays} days'`
  const sql = `delete from deliveries where ctid = any(array(
    select ctid from deliveries where state = 'done' and created_at < ${long} and finished_at < ${long} limit $2::int
  )) returning 1`
  for (let deleted = 0; ; ) {
    const gone = (await queryAlone(sql, [clockShift(), bite])).length
    deleted += gone
    if (gone < bite) return deleted
  }
}
