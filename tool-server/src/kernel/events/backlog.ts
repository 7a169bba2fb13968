// What operations see of the deliveries, and what they may do with the parked ones.
import { query, queryAlone, type Tx } from '../db.ts'
import { clockShift, databaseNow } from './database-time.ts'
import { hint, type ListenerLane } from './listeners.ts'

export interface ListenerBacklog {
  listener: string
  /** Due now or waiting for a retry, and not in work. */
  due: number
  leased: number
  parked: number
  /** Age of the oldest row that is neither done nor parked. */
  oldestSeconds: number
}

export interface ParkedDelivery {
  id: string
  listener: string
  target: string
  lane: string
  event: string
  institutionId: string
  personId: string | null
  placementId: string | null
  attempts: number
  reason: string
  parkedAt: Date
  occurredAt: Date
}

/** Per listener with anything unfinished. */
export function backlog(): Promise<ListenerBacklog[]> {
  return queryAlone<ListenerBacklog & { [column: string]: unknown }>(
    `with t as (select ${databaseNow('$1')} as now)
    select listener, due - leased as due, leased, parked, "oldestSeconds" from (
      select listener, count(*) filter (where state = 'due')::int as due, count(*) filter (where state = 'parked')::int as parked,
        coalesce(extract(epoch from max(t.now - created_at) filter (where state = 'due')), 0)::float8 as "oldestSeconds"
      from deliveries, t where state in ('due', 'parked') group by listener
    ) rows cross join lateral (
      select coalesce(sum(cardinality(ids)), 0)::int as leased from lane_leases l, t where l.listener = rows.listener and l.until > t.now
    ) leases order by listener`,
    [clockShift()],
  )
}

/** Of these listeners together, by target: what waits, what was given up, how old the oldest waiting is. */
export async function backlogByTarget(
  ...listeners: readonly string[]
): Promise<Map<string, { due: number; parked: number; oldestSeconds: number }>> {
  const rows = await queryAlone<{ target: string; due: number; parked: number; oldestSeconds: number }>(
    `select target, count(*) filter (where state = 'due')::int as due, count(*) filter (where state = 'parked')::int as parked,
      coalesce(extract(epoch from max(${databaseNow('$2')} - created_at) filter (where state = 'due')), 0)::float8 as "oldestSeconds"
     from deliveries where listener = any($1::text[]) and state in ('due', 'parked') group by target`,
    [listeners, clockShift()],
  )
  return new Map(rows.map(({ target, due, parked, oldestSeconds }) => [target, { due, parked, oldestSeconds: Math.max(0, oldestSeconds) }]))
}

/** Newest first. */
export function parked(of: { listener?: string; limit: number }): Promise<ParkedDelivery[]> {
  return queryAlone<ParkedDelivery & { [column: string]: unknown }>(
    `select d.id::text as id, d.listener, d.target, d.lane, e.name as event, e.institution_id as "institutionId",
      e.person_id as "personId", e.placement_id as "placementId", d.attempts, coalesce(d.last_error, '') as reason,
      d.finished_at as "parkedAt", e.occurred_at as "occurredAt"
    from deliveries d join events e on e.id = d.event_id
    where d.state = 'parked' and ($1::text is null or d.listener = $1) order by d.id desc limit $2::int`,
    [of.listener ?? null, of.limit],
  )
}

/** Parked rows become due again with all their tries; answers with how many. */
export async function resend(which: readonly string[] | { listener: string }): Promise<number> {
  const rows = await queryAlone<ListenerLane & { [column: string]: unknown }>(
    `update deliveries set state = 'due', due_at = ${databaseNow('$3')}, attempts = 0, finished_at = null
    where state = 'parked' and (id = any ($1::bigint[]) or listener = $2) returning listener, lane`,
    [...chosen(which), clockShift()],
  )
  hint(rows.map(({ listener, lane }) => ({ listener, lane })))
  return rows.length
}

/** What waits in these lanes for a later time becomes due now: what it waited for has come. */
export async function hurry(listener: string, lanes: readonly string[]): Promise<void> {
  const rows = await queryAlone<{ lane: string }>(
    `update deliveries set due_at = ${databaseNow('$3')}
     where listener = $1 and lane = any($2::text[]) and state = 'due' and due_at > ${databaseNow('$3')} returning lane`,
    [listener, lanes, clockShift()],
    'deliveries.hurry',
  )
  hint([...new Set(rows.map(({ lane }) => lane))].map((lane) => ({ listener, lane })))
}

/** Parked rows are closed for good: they count as done and keep their reason; answers with how many. */
export async function discard(ids: readonly string[]): Promise<number> {
  const rows = await queryAlone(
    `update deliveries set state = 'done', finished_at = ${databaseNow('$2')} where state = 'parked' and id = any ($1::bigint[]) returning id`,
    [ids, clockShift()],
  )
  return rows.length
}

/** Parked rows about these people at these placements are closed: what they were to do is done anew. */
export async function closeParked(tx: Tx, listener: string, of: readonly { placementId: string; personId: string }[]): Promise<void> {
  await query(
    tx,
    `update deliveries d set state = 'done', finished_at = ${databaseNow('$4')}
     from events e, unnest($2::uuid[], $3::uuid[]) as o (placement_id, person_id)
     where d.listener = $1 and d.state = 'parked' and e.id = d.event_id and e.placement_id = o.placement_id and e.person_id = o.person_id`,
    [listener, of.map((it) => it.placementId), of.map((it) => it.personId), clockShift()],
    'deliveries.close-parked',
  )
}

function chosen(which: readonly string[] | { listener: string }): [readonly string[], string | null] {
  return 'listener' in which ? [[], which.listener] : [which, null]
}
