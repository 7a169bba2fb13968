// Delivery rows: a worker takes a lane by a lease, with the first rows of it; renews the lease while it runs, and writes their end under
// the fence. Whoever takes the lane over has another fence, so the old worker writes nothing.
import { createHash, randomInt } from 'node:crypto'
import type { EventName, LearningEvent } from '@cuepoint/contracts'
import { query, queryAlone, queryLast, transaction } from '../db.ts'
import type { Delivery, Listener } from '../module.ts'
import { clockShift, databaseNow } from './database-time.ts'
import { laneId } from './listeners.ts'

export const leaseSeconds = 6
export const renewSeconds = 2

/** A lane in hand, with the rows that its listener gets. */
export interface Lease {
  listener: string
  lane: string
  fence: number
  rows: readonly Delivery[]
}

/** What is to be written of a row. */
export type Verdict = { id: string } & (
  | { state: 'done' }
  | { state: 'parked'; reason: string }
  | { state: 'due'; reason: string; afterSeconds: number }
)

const mine = `d.listener = $1 and d.lane = $2 and d.state = 'due'`
const until = (clock: string): string => `${databaseNow(clock)} + interval '${leaseSeconds} seconds'`

/**
 * `ordered` sees the first rows of the lane, due or not, and takes the unbroken prefix; else the first due rows are seen and taken.
 * A batch that failed before is halved at each try, so that one bad row ends up alone (unless the listener tells each).
 * A lease that ran out and was not ended counts as a try of each of its rows.
 */
function leaseSql(ordered: boolean): string {
  return `
with t as (select ${databaseNow('$4')} as now),
before as materialized (select until, ids from lane_leases where listener = $1 and lane = $2),
live as (select until from before, t where until > t.now),
seen as (
  select d.id, d.event_id, d.target, d.trace, d.attempts + coalesce((d.id = any((select ids from before)::bigint[]))::int, 0) as attempts, d.due_at <= t.now as ready
  from deliveries d, t
  where ${mine} ${ordered ? '' : 'and d.due_at <= t.now'} order by d.id limit $3::int
),
placed as (
  select seen.*, bool_and(ready) over w as unbroken, row_number() over w as place, first_value(attempts) over w as tried
  from seen window w as (order by id)
),
taken as materialized (
  select id, event_id, target, trace, attempts from placed
  where unbroken and place <= greatest(1, $3::int >> case when $6 then 0 else least(tried, 30) end) and not exists (select from live)
),
lost as (
  update deliveries d set attempts = d.attempts + 1, runs = d.runs + 1
  where d.id = any((select ids from before)::bigint[]) and d.state = 'due' and not exists (select from live)
),
ended as (delete from lane_leases where listener = $1 and lane = $2 and not exists (select from live) and not exists (select from taken)),
leased as (
  insert into lane_leases (listener, lane, fence, until, ids)
  select $1, $2, $5, ${until('$4')}, array_agg(id) from taken having count(*) > 0
  on conflict (listener, lane) do update set fence = excluded.fence, until = excluded.until, ids = excluded.ids
)
select extract(epoch from live.until - t.now)::float8 * 1000 as busy_ms, taken.id as delivery_id, taken.target, taken.attempts + 1 as attempt, taken.trace,
  e.id, e.name, e.version, e.institution_id, e.course_id, e.person_id, e.placement_id, e.data, e.occurred_at
from t left join live on true left join (taken join events e on e.id = taken.event_id) on true
order by taken.id`
}

const leaseOrdered = leaseSql(true)
const leaseUnordered = leaseSql(false)

interface Row {
  /** Only where a lease is asked for, as is the null of the next. */
  busy_ms?: number | null
  delivery_id: number | null
  target: string
  attempt: number
  trace: Record<string, string> | null
  id: string
  name: EventName
  version: number
  institution_id: string
  course_id: string | null
  person_id: string | null
  placement_id: string | null
  data: LearningEvent['data']
  occurred_at: Date
}

/** Leases the next rows of the lane. None: nothing is due, or `busyMs` says how long another worker's lease still runs. */
export async function lease(listener: Listener, lane: string): Promise<{ taken: Lease | undefined; busyMs: number | undefined }> {
  const fence = randomInt(1, 2 ** 47)
  const rows = await transaction(async (tx) => {
    const values = [listener.name, lane, listener.batch, clockShift(), fence, listener.tellsEach ?? false]
    // One round trip, and two statements: the second must see what the previous holder of the lock has committed.
    const [, taken] = await Promise.all([
      query(tx, lockSql, [laneKey(listener.name, lane), listener.name, lane], 'deliveries.lock'),
      queryLast<Row>(tx, listener.ordered ? leaseOrdered : leaseUnordered, values, `deliveries.lease.${listener.ordered}`),
    ])
    return taken
  })
  const taken = rows.filter((row) => row.delivery_id !== null).map((row) => deliveryOf(row, lane))
  return {
    taken: taken.length > 0 ? { listener: listener.name, lane, fence, rows: taken } : undefined,
    busyMs: rows[0]?.busy_ms ?? undefined,
  }
}

// A lease need not survive a crash of the database, so its commit does not wait for the disk: fences come by chance, so that one that
// was forgotten in a crash is not given out a second time. Whoever had the lane may write its end in this moment: that is waited for.
const lockSql = `select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock($1::bigint),
  (select fence from lane_leases where listener = $2 and lane = $3 for update)`

/** 63 bits of a hash: two lanes that share it would only wait for each other. */
function laneKey(listener: string, lane: string): string {
  return createHash('sha256').update(laneId(listener, lane)).digest().readBigInt64BE(0).toString()
}

function deliveryOf(row: Row, lane: string): Delivery {
  const event: LearningEvent = {
    id: row.id,
    name: row.name,
    version: row.version,
    institutionId: row.institution_id,
    courseId: row.course_id,
    personId: row.person_id,
    placementId: row.placement_id,
    occurredAt: row.occurred_at,
    data: row.data,
  }
  return { id: String(row.delivery_id), event, target: row.target, lane, attempt: row.attempt, trace: row.trace }
}

const held = 'listener = $1 and lane = $2 and fence = $3'
const keyOf = ({ listener, lane, fence }: Lease): [string, string, number] => [listener, lane, fence]

/** Another six seconds; false when it was taken over. */
export async function renew(lease: Lease): Promise<boolean> {
  const sql = `update lane_leases set until = ${until('$4')} where ${held} returning 1`
  return (await queryAlone(sql, [...keyOf(lease), clockShift()], 'deliveries.renew')).length > 0
}

/** Gives the rows back untried, at once due for others; what the old run still does is not written any more. */
export async function release(lease: Lease): Promise<void> {
  const sql = `with gone as (delete from lane_leases where ${held} returning ids)
    update deliveries d set runs = d.runs + 1 from gone where d.id = any(gone.ids) and d.state = 'due'`
  await queryAlone(sql, keyOf(lease), 'deliveries.release')
}

function endSql(lease: string): string {
  return `
with held as (${lease})
update deliveries d set state = v.state, last_error = v.reason, attempts = d.attempts + 1, runs = d.runs + 1,
  due_at = case when v.state = 'due' then ${databaseNow('$8')} + v.after_seconds * interval '1 second' else d.due_at end,
  finished_at = case when v.state = 'due' then null else ${databaseNow('$8')} end
from unnest($4::bigint[], $5::text[], $6::text[], $7::float8[]) as v (id, state, reason, after_seconds)
where d.id = v.id and d.state = 'due' and exists (select from held)
returning d.id`
}

const finishSql = endSql(`delete from lane_leases where ${held} returning 1`)
const endSomeSql = endSql(`select 1 from lane_leases where ${held}`)

function verdictValues(verdicts: readonly Verdict[]): unknown[] {
  return [
    verdicts.map((verdict) => verdict.id),
    verdicts.map((verdict) => verdict.state),
    verdicts.map((verdict) => (verdict.state === 'done' ? null : verdict.reason)),
    verdicts.map((verdict) => (verdict.state === 'due' ? verdict.afterSeconds : null)),
    clockShift(),
  ]
}

/** Ends a lease: writes the verdicts on its rows. How many of them counted: fewer when the lease was lost. */
export async function finish(lease: Lease, verdicts: readonly Verdict[]): Promise<{ counted: number }> {
  return { counted: (await queryAlone(finishSql, [...keyOf(lease), ...verdictValues(verdicts)], 'deliveries.finish')).length }
}

// The statements before it have ended what is not in hand any more; where nothing is, the lease ends too.
const takeSql = `
with t as (select ${databaseNow('$4')} as now),
rest as materialized (select array(select unnest(ids) except select unnest($5::bigint[])) as ids from lane_leases where ${held}),
taken as materialized (
  select d.id, d.event_id, d.target, d.trace, d.attempts from deliveries d, t, rest
  where ${mine} and d.due_at <= t.now and not d.id = any (rest.ids) order by d.id limit $6::int
),
still as (
  update lane_leases set ids = rest.ids || array(select id from taken) from rest
  where ${held} and (cardinality(rest.ids) > 0 or exists (select from taken))
),
ended as (delete from lane_leases using rest where ${held} and cardinality(rest.ids) = 0 and not exists (select from taken))
select taken.id as delivery_id, taken.target, taken.attempts + 1 as attempt, taken.trace,
  e.id, e.name, e.version, e.institution_id, e.course_id, e.person_id, e.placement_id, e.data, e.occurred_at
from taken join events e on e.id = taken.event_id order by taken.id`

/** Writes the verdicts on some rows of the lease and takes up to `most` others that are due, while the rest is still in hand. */
export async function turnOver(lease: Lease, verdicts: readonly Verdict[], most: number): Promise<{ counted: number; rows: Delivery[] }> {
  const key = keyOf(lease)
  const [ended, taken] = await transaction(async (tx) => {
    // Three statements, one round trip: each sees what the one before has written, and what another hand of this lease has.
    const [, some, more] = await Promise.all([
      query(tx, `select from lane_leases where ${held} for update`, key, 'deliveries.hold'),
      query(tx, endSomeSql, [...key, ...verdictValues(verdicts)], 'deliveries.end-some'),
      queryLast<Row>(tx, takeSql, [...key, clockShift(), verdicts.map(({ id }) => id), most], 'deliveries.take'),
    ])
    return [some, more]
  })
  return { counted: ended.length, rows: taken.map((row) => deliveryOf(row, lease.lane)) }
}
