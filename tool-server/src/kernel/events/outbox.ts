// record(tx, event): the event and a delivery row per listener that hears it, in the transaction of the state it tells of.
import { type EventData, type EventName, type EventScope, eventKind, type LearningEvent } from '@cuepoint/contracts'
import { newId, now } from '../clock.ts'
import { commit, query, type Tx } from '../db.ts'
import { carrierNow, kinds, traced } from '../telemetry/tracing.ts'
import { clockShift, databaseNow } from './database-time.ts'
import { hint, type ListenerLane, laneId, listenersHearing } from './listeners.ts'

export { registerListeners } from './listeners.ts'

export interface NewEvent<N extends EventName> extends EventScope {
  name: N
  data: EventData<N>
  /** Made before, so that telling it twice can be seen: the caller sees to it. Absent = a new one. */
  id?: string
  /** When it happened, where that was not now. */
  occurredAt?: Date
}

interface NewDelivery extends ListenerLane {
  eventId: string
  target: string
}

/** Writes the event and its deliveries; wakes the lanes after commit. Throws when `data` does not fit its schema. */
export async function record<N extends EventName>(tx: Tx, event: NewEvent<N>): Promise<LearningEvent<N>> {
  const [recorded] = await recordAll(tx, [event])
  return recorded as LearningEvent<N>
}

/** Many events by one statement; a lane gets them in this order. */
export async function recordAll<N extends EventName>(tx: Tx, events: readonly NewEvent<N>[]): Promise<LearningEvent<N>[]> {
  const write = await readyToRecord(tx, events)
  return write()
}

/** As recordAll, for who writes nothing more in this transaction: COMMIT goes with it, one round trip less. */
export async function recordLast<N extends EventName>(tx: Tx, events: readonly NewEvent<N>[]): Promise<LearningEvent<N>[]> {
  const write = await readyToRecord(tx, events)
  const [recorded] = await Promise.all([write(), commit(tx)])
  return recorded
}

/** As recordAll, in two steps: events are checked and routed, then one call writes them, whose statement is sent at once (see `commit`). */
export async function readyToRecord<N extends EventName>(
  tx: Tx,
  events: readonly NewEvent<N>[],
): Promise<() => Promise<LearningEvent<N>[]>> {
  const recorded = events.map(checked)
  // One list of any kinds: a listener's own kinds are checked where it is declared.
  const anyKind = recorded as unknown as LearningEvent[]
  const deliveries: NewDelivery[] = []
  for (const event of anyKind) deliveries.push(...(await routed(event, tx)))
  return async () => {
    if (deliveries.length > 0) {
      const lanes = new Map(deliveries.map(({ listener, lane }) => [laneId(listener, lane), { listener, lane }]))
      tx.afterCommit(() => hint([...lanes.values()]))
    }
    if (recorded.length > 0) await traced(spanName(anyKind), { kind: kinds.tells }, () => insert(tx, anyKind, deliveries))
    return recorded
  }
}

function checked<N extends EventName>(event: NewEvent<N>): LearningEvent<N> {
  const kind = eventKind(event.name)
  const parsed = kind.data.safeParse(event.data)
  if (!parsed.success) throw new Error(`the data of ${event.name} does not fit its schema`, { cause: parsed.error })
  const { institutionId, courseId, personId, placementId } = event
  const data = parsed.data as EventData<N>
  const head = { id: event.id ?? newId(), name: event.name, version: kind.version, occurredAt: event.occurredAt ?? now() }
  return { ...head, institutionId, courseId, personId, placementId, data }
}

async function routed(event: LearningEvent, tx: Tx): Promise<NewDelivery[]> {
  const deliveries: NewDelivery[] = []
  for (const listener of listenersHearing(event.name)) {
    const routing = listener.route(event, tx)
    const to = routing instanceof Promise ? await routing : routing
    for (const { target = '', lane } of Array.isArray(to) ? to : to ? [to] : [])
      deliveries.push({ eventId: event.id, listener: listener.name, target, lane })
  }
  return deliveries
}

const insertSql = `
with written as (
  insert into events (id, name, version, institution_id, course_id, person_id, placement_id, data, occurred_at)
  select e.* from unnest($1::uuid[], $2::text[], $3::int[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::jsonb[], $9::timestamptz[]) as e
)
insert into deliveries (event_id, listener, target, lane, trace, due_at)
select d.event_id, d.listener, d.target, d.lane, $14::jsonb, ${databaseNow('$15')}
from unnest($10::uuid[], $11::text[], $12::text[], $13::text[]) with ordinality as d (event_id, listener, target, lane, place)
order by d.place`

async function insert(tx: Tx, events: readonly LearningEvent[], deliveries: readonly NewDelivery[]): Promise<void> {
  const values = [
    events.map((event) => event.id),
    events.map((event) => event.name),
    events.map((event) => event.version),
    events.map((event) => event.institutionId),
    events.map((event) => event.courseId),
    events.map((event) => event.personId),
    events.map((event) => event.placementId),
    events.map((event) => JSON.stringify(event.data)),
    events.map((event) => event.occurredAt.toISOString()),
    deliveries.map((delivery) => delivery.eventId),
    deliveries.map((delivery) => delivery.listener),
    deliveries.map((delivery) => delivery.target),
    deliveries.map((delivery) => delivery.lane),
    carrierNow(),
    clockShift(),
  ]
  await query(tx, insertSql, values, 'outbox.record')
}

function spanName(events: readonly LearningEvent[]): string {
  const [first, ...more] = events
  return `record ${first?.name}${more.length > 0 ? ` and ${more.length} more` : ''}`
}
