// Delivery rows: leased by one worker per lane, renewed while it runs, finished under the fence. Everything that a worker
// writes names the fence it was given; whoever takes the lane over raises the fence of every row, so the old worker writes nothing.
import { createHash, randomInt } from 'node:crypto'
import type { EventName, LearningEvent } from '@cuepoint/contracts'
import { query, queryAlone, transaction } from '../db.ts'
import type { Delivery, Listener } from '../module.ts'
import { clockShift, databaseNow } from './database-time.ts'
import { laneId } from './listeners.ts'

export const leaseSeconds = 6
export const renewSeconds = 2

/** A leased row: what the listener gets, and the fence to write under. */
export interface LeasedRow {
  delivery: Delivery
  fence: number
}

/** What is to be written of a row. */
export type Verdict = { id: string; fence: number } & (
  | { state: 'done' }
  | { state: 'parked'; reason: string }
  | { state: 'due'; reason: string; afterSeconds: number }
)

const mine = `d.listener = $1 and d.lane = $2 and d.state = 'due'`

/**
 * `ordered` sees the first rows of the lane, due or not, and takes the unbroken prefix; else the first due rows are seen and taken.
 * A batch that failed before is halved at each try, so that one bad row ends up alone (unless the listener tells each).
 */
function leaseSql(ordered: boolean): string {
  return `
with t as (select ${databaseNow('$4')} as now),
leases as materialized (select d.id, d.leased_until > t.now as live, d.leased_until from deliveries d, t where ${mine} and d.leased_until is not null),
live as (select max(leased_until) as until from leases where live),
seen as (
  select d.id, d.attempts, d.due_at <= t.now as ready from deliveries d, t
  where ${mine} ${ordered ? '' : 'and d.due_at <= t.now'} order by d.id limit $3::int
),
placed as (
  select id, bool_and(ready) over w as unbroken, row_number() over w as place, first_value(attempts) over w as tried
  from seen window w as (order by id)
),
taken as (
  select id from placed where unbroken and place <= greatest(1, $3::int >> case when $6 then 0 else least(tried, 30) end) and (select until from live) is null
),
lost as (
  update deliveries d set leased_until = null, fence = d.fence + 1
  from leases where d.id = leases.id and (select until from live) is null and d.id not in (select id from taken)
),
leased as (
  update deliveries d set leased_until = t.now + interval '${leaseSeconds} seconds', fence = d.fence + $5::int, attempts = d.attempts + 1
  -- Asked anew: who had the lease before may write its end in this moment.
  from taken, t where d.id = taken.id and d.state = 'due'
  returning d.id, d.event_id, d.target, d.fence, d.attempts, d.trace
)
select extract(epoch from live.until - t.now)::float8 * 1000 as busy_ms, leased.id as delivery_id, leased.target, leased.fence, leased.attempts, leased.trace,
  e.id, e.name, e.version, e.institution_id, e.course_id, e.person_id, e.placement_id, e.data, e.occurred_at
from t cross join live left join (leased join events e on e.id = leased.event_id) on true
order by leased.id`
}

const leaseOrdered = leaseSql(true)
const leaseUnordered = leaseSql(false)

interface Row {
  busy_ms: number | null
  delivery_id: number | null
  target: string
  fence: number
  attempts: number
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
export async function lease(listener: Listener, lane: string): Promise<{ rows: LeasedRow[]; busyMs: number | undefined }> {
  const rows = await transaction(async (tx) => {
    // A statement of its own: the next one must see what the previous holder of the lock has committed.
    await query(tx, lockSql, [laneKey(listener.name, lane)], 'deliveries.lock')
    const values = [listener.name, lane, listener.batch, clockShift(), randomInt(1, 2 ** 20), listener.tellsEach ?? false]
    return query<Row>(tx, listener.ordered ? leaseOrdered : leaseUnordered, values, `deliveries.lease.${listener.ordered}`)
  })
  const leased = rows.filter((row) => row.delivery_id !== null).map((row) => leasedRow(row, lane))
  return { rows: leased, busyMs: rows[0]?.busy_ms ?? undefined }
}

// A lease need not survive a crash of the database, so its commit does not wait for the disk. Fences rise by chance steps, so that
// one that was forgotten in a crash is not given out a second time.
const lockSql = "select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock($1::bigint)"

/** 63 bits of a hash: two lanes that share it would only wait for each other. */
function laneKey(listener: string, lane: string): string {
  return createHash('sha256').update(laneId(listener, lane)).digest().readBigInt64BE(0).toString()
}

function leasedRow(row: Row, lane: string): LeasedRow {
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
  const delivery = { id: String(row.delivery_id), event, target: row.target, lane, attempt: row.attempts, trace: row.trace }
  return { delivery, fence: row.fence }
}

const stillMine = 'd.id = mine.id and d.fence = mine.fence'
const mineAre = 'unnest($1::bigint[], $2::bigint[]) as mine (id, fence)'

/** Another six seconds; false when any row was taken over. */
export async function renew(rows: readonly LeasedRow[]): Promise<boolean> {
  const sql = `update deliveries d set leased_until = ${databaseNow('$3')} + interval '${leaseSeconds} seconds'
    from ${mineAre} where ${stillMine} and d.state = 'due' returning d.id`
  const kept = await queryAlone(sql, [...keysOf(rows), clockShift()], 'deliveries.renew')
  return kept.length === rows.length
}

/** Gives rows back untried, at once due for others; what the old run still does is not written any more. */
export async function release(rows: readonly LeasedRow[]): Promise<void> {
  const sql = `update deliveries d set leased_until = null, fence = d.fence + 1, attempts = greatest(0, d.attempts - 1)
    from ${mineAre} where ${stillMine} and d.state = 'due'`
  await queryAlone(sql, keysOf(rows), 'deliveries.release')
}

function keysOf(rows: readonly LeasedRow[]): [string[], number[]] {
  return [rows.map((row) => row.delivery.id), rows.map((row) => row.fence)]
}

const finishSql = `
update deliveries d set state = v.state, leased_until = null, last_error = v.reason,
  due_at = case when v.state = 'due' then ${databaseNow('$6')} + v.after_seconds * interval '1 second' else d.due_at end,
  finished_at = case when v.state = 'due' then null else ${databaseNow('$6')} end
from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::float8[]) as v (id, fence, state, reason, after_seconds)
where d.id = v.id and d.fence = v.fence and d.state = 'due'
returning d.id`

/** Writes the verdicts; answers with how many of them counted: fewer when the lease was lost. */
export async function finish(verdicts: readonly Verdict[]): Promise<number> {
  const values = [
    verdicts.map((verdict) => verdict.id),
    verdicts.map((verdict) => verdict.fence),
    verdicts.map((verdict) => verdict.state),
    verdicts.map((verdict) => (verdict.state === 'done' ? null : verdict.reason)),
    verdicts.map((verdict) => (verdict.state === 'due' ? verdict.afterSeconds : null)),
    clockShift(),
  ]
  return (await queryAlone(finishSql, values, 'deliveries.finish')).length
}
