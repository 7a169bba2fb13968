// record(tx, event): the event and a delivery row per listener that hears it, in the transaction of the state it tells of.
import { type EventData, type EventName, type EventScope, eventKind, type LearningEvent } from '@cuepoint/contracts'
import { newId, now } from '../clock.ts'
import { query, queryLast, type Tx } from '../db.ts'
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
  const write = await readyToRecord(tx, events, queryLast)
  return write()
}

/** As recordAll, in two steps: events are checked and routed, then one call writes them, whose statement is sent at once (see `commit`). */
export async function readyToRecord<N extends EventName>(
  tx: Tx,
  events: readonly NewEvent<N>[],
  asks: typeof queryLast = query,
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
    if (recorded.length > 0) await traced(spanName(anyKind), { kind: kinds.tells }, () => insert(tx, anyKind, deliveries, asks))
    return recorded
  }
}

function checked<N extends EventName>(event: NewEvent<N>): LearningEvent<N> {
  const kind = eventKind(event.name)
  const parsed = kind.data.safeParse(event.data)
  if (!parsed.success) throw new Error(`the data of ${event.name} does not fit its schema`, { cause: parsed.error })
  const { institutionId, courseId, personId, placementId } = event
  const { name, id = newId(), occurredAt = now() } = event
  return { id, name, version: kind.version, occurredAt, institutionId, courseId, personId, placementId, data: parsed.data as EventData<N> }
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

const eventColumns = 'id, name, version, institution_id, course_id, person_id, placement_id, data, occurred_at'
const deliveryColumns = 'due_at, trace, event_id, listener, target, lane'

const listsSql = `
with written as (
  insert into events (${eventColumns})
  select e.* from unnest($1::uuid[], $2::text[], $3::int[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::jsonb[], $9::timestamptz[]) as e
)
insert into deliveries (${deliveryColumns})
select ${databaseNow('$15')}, $14::jsonb, d.event_id, d.listener, d.target, d.lane
from unnest($10::uuid[], $11::text[], $12::text[], $13::text[]) with ordinality as d (event_id, listener, target, lane, place)
order by d.place`

/** Rows by themselves, each value a parameter from the third on; the clock's shift and the trace before them. */
function rowsSql(events: number, deliveries: number): string {
  let at = 2
  const row = (columns: number) => Array.from({ length: columns }, () => `$${++at}`).join(', ')
  const rows = (count: number, of: () => string) => Array.from({ length: count }, () => `(${of()})`).join(', ')
  const told = `insert into events (${eventColumns}) values ${rows(events, () => row(9))}`
  return `with written as (${told})
    insert into deliveries (${deliveryColumns}) values ${rows(deliveries, () => `${databaseNow('$1')}, $2::jsonb, ${row(4)}`)}`
}

/** PostgreSQL reads few rows in two thirds of the time that lists take; each number of rows is a statement of its own. */
const fewEvents = 4
const fewDeliveries = 16
const rowsSqls = new Map<string, string>()

async function insert(tx: Tx, events: readonly LearningEvent[], deliveries: readonly NewDelivery[], asks: typeof queryLast): Promise<void> {
  const few = events.length <= fewEvents && deliveries.length > 0 && deliveries.length <= fewDeliveries
  if (!few) {
    const told = events.map(columnsOf)
    const to = deliveries.map(({ eventId, listener, target, lane }) => [eventId, listener, target, lane])
    const lists = [
      ...Array.from({ length: 9 }, (_, at) => told.map((row) => row[at])),
      ...[0, 1, 2, 3].map((at) => to.map((row) => row[at])),
    ]
    await asks(tx, listsSql, [...lists, carrierNow(), clockShift()], 'outbox.record')
    return
  }
  const name = `outbox.record.${events.length}.${deliveries.length}`
  const sql = rowsSqls.get(name) ?? rowsSql(events.length, deliveries.length)
  rowsSqls.set(name, sql)
  const values: unknown[] = [clockShift(), carrierNow()]
  for (const event of events) values.push(...columnsOf(event))
  for (const { eventId, listener, target, lane } of deliveries) values.push(eventId, listener, target, lane)
  await asks(tx, sql, values, name)
}

function columnsOf(event: LearningEvent): unknown[] {
  const { id, name, version, institutionId, courseId, personId, placementId, data, occurredAt } = event
  return [id, name, version, institutionId, courseId, personId, placementId, JSON.stringify(data), occurredAt.toISOString()]
}

function spanName(events: readonly LearningEvent[]): string {
  const [first, ...more] = events
  return `record ${first?.name}${more.length > 0 ? ` and ${more.length} more` : ''}`
}
