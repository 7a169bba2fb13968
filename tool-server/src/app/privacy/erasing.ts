// One person is erased. First they are closed: no session, no name, nothing new. Then, when no worker has anything of them in hand, a
// listener deletes what every room keeps of them, in one transaction, and records what the LRSs are to be told.
import type { BodyOf, Erasure, erasePerson as eraseCall } from '@cuepoint/contracts'
import { now, nowMs } from '../../kernel/clock.ts'
import { query, queryAlone, type Tx, transaction } from '../../kernel/db.ts'
import { AppError, notFound, TryLater } from '../../kernel/errors.ts'
import { clockShift, databaseNow } from '../../kernel/events/database-time.ts'
import { record } from '../../kernel/events/outbox.ts'
import { log } from '../../kernel/log.ts'
import { listener, type PersonalTable, schedule } from '../../kernel/module.ts'
import { bury, eventsOfPerson, personOf } from '../../modules/identity/index.ts'
import { erasureAt, noteDeed } from './deeds.ts'
import { personalTables, rowsOf } from './tables.ts'

/** resource_not_found: nobody of that institution. confirmation_differs. Asked for twice it is one erasure. */
export async function erasePerson(
  operatorSessionId: string,
  { institutionId, personId, typed }: BodyOf<typeof eraseCall>,
): Promise<Erasure> {
  const known = await erasureAt(institutionId, personId)
  if (known) return known
  const person = await personOf(institutionId, personId)
  if (!person) throw notFound()
  if (plain(typed) !== plain(person.name || person.externalId))
    throw new AppError('confirmation_differs', 'What was typed is not this person’s name. Nothing was erased.')
  await transaction(async (tx) => {
    for (const table of personalTables) if (table.atOnce) await emptied(tx, table, personId)
    // Two at once: the second finds nobody to bury.
    if (!(await bury(tx, institutionId, personId))) return
    await query(tx, 'insert into erasures (person_id, institution_id, operator_session_id, asked_at) values ($1, $2, $3, $4)', [
      ...[personId, institutionId, operatorSessionId, now()],
    ])
    await stopDeliveries(tx, personId)
    const scope = { institutionId, courseId: null, personId: null, placementId: null }
    await record(tx, { name: 'identity.person.erased', ...scope, data: { personId } })
  })
  log.info({ audit: 'person-erased', operatorSessionId, tenant: institutionId, personId }, 'a person is being erased')
  const erasure = await erasureAt(institutionId, personId)
  if (!erasure) throw notFound()
  return erasure
}

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()

const dueOfPerson = `d.event_id in (select id from ${eventsOfPerson} mine) and d.state = 'due'`
const taken = (and = ''): string =>
  `exists (select from lane_leases l where l.listener = d.listener and l.lane = d.lane and d.id = any(l.ids) ${and})`
const inHand = taken(`and l.until > ${databaseNow('$2')}`)

/** What no worker has in hand is told to nobody any more. What was begun stays, so that it is known who may have heard of it. */
async function stopDeliveries(tx: Tx, personId: string): Promise<void> {
  await query(tx, `delete from deliveries d where ${dueOfPerson} and d.runs = 0 and not ${taken()}`, [personId])
  await query(
    tx,
    `update deliveries d set state = 'parked', last_error = 'this person was erased' where ${dueOfPerson} and not ${inHand}`,
    [...[personId, clockShift()]],
  )
}

type Asked = 'identity.person.erased'

export const eraseListener = listener<Asked>({
  name: 'operations.erase-person',
  hears: ['identity.person.erased'],
  queue: 'quick',
  ordered: false,
  batch: 1,
  retry: { firstSeconds: 1, capSeconds: 60, attempts: 100_000 },
  route: ({ data }) => ({ lane: data.personId }),
  async run(batch) {
    for (const { event } of batch) await eraseNow(event.institutionId, event.data.personId)
  },
})

/** Looked at again for two days: whatever a worker that had lost its lease still wrote goes, too. */
export const finishErasures = schedule({
  name: 'operations.finish-erasures',
  everySeconds: 300,
  async run() {
    const rows = await queryAlone<{ institution_id: string; person_id: string }>(
      'select institution_id, person_id from erasures where done_at > $1 order by done_at',
      [new Date(nowMs() - 2 * 86_400_000)],
    )
    for (const row of rows) await eraseNow(row.institution_id, row.person_id)
  },
})

export async function eraseNow(institutionId: string, personId: string): Promise<void> {
  await transaction((tx) => stopDeliveries(tx, personId))
  await transaction(async (tx) => {
    const [erasure] = await query<{ done: boolean; counts: Record<string, number>; operator_session_id: string }>(
      tx,
      'select done_at is not null as done, counts, operator_session_id from erasures where person_id = $1 and institution_id = $2 for update',
      [personId, institutionId],
    )
    if (!erasure) return
    const busy = await query(tx, `${busySql} limit 1`, [personId, clockShift()])
    if (busy.length > 0) throw new TryLater('Work of this person is under way.', 1)
    const [last] = await query<{ sequence: number }>(
      tx,
      "select coalesce(pg_sequence_last_value(pg_get_serial_sequence('events', 'sequence')), 0) as sequence",
    )
    const { counts } = erasure
    for (const table of personalTables.filter((it) => !it.atOnce)) {
      const count = await emptied(tx, table, personId)
      if (count > 0) counts[table.table] = (counts[table.table] ?? 0) + count
    }
    await query(
      tx,
      `update erasures set done_at = coalesce(done_at, $3), counts = $4, void_events = void_events || array(
         select id from events where institution_id = $2 and sequence > $5 and name = 'analytics.statements.voided' and data->>'personId' = $1::text)
       where person_id = $1::uuid`,
      [personId, institutionId, now(), JSON.stringify(counts), last?.sequence ?? 0],
    )
    if (!erasure.done)
      await noteDeed(tx, { institutionId, deed: 'erasure', operatorSessionId: erasure.operator_session_id, personId, facts: counts })
  })
}

const busySql = `select 1 from deliveries d where ${dueOfPerson} and ${inHand}`

async function emptied(tx: Tx, it: PersonalTable, personId: string): Promise<number> {
  const { table, erased } = it
  if (erased === 'kept') return 0
  if (typeof erased === 'function') return erased(tx, personId)
  const deed = erased === 'deleted' ? `delete from ${table} t` : `update ${table} t set ${erased.set}`
  const [row] = await query<{ count: number }>(
    tx,
    `with gone as (${deed} where ${rowsOf(it)} returning 1) select count(*)::int as count from gone`,
    [personId],
  )
  return row?.count ?? 0
}
