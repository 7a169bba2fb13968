// Statements of a person who is erased: those that are kept here go, and each LRS that took some is told that they are void. Which ones
// is known from the deliveries and events of the person, which are still there in this transaction.
import type { EventName, LearningEvent } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { config } from '../../../kernel/config.ts'
import { query, type Tx } from '../../../kernel/db.ts'
import { recordAll } from '../../../kernel/events/outbox.ts'
import { eventsOfPerson } from '../../identity/index.ts'
import { statementsOfEach } from '../facts.ts'
import { type Lrs, lrsEver, tellerOf } from '../lrs/endpoints.ts'
import { forwardStatements } from '../lrs.ts'
import { voidedVerb, voiding } from '../statement/voiding.ts'

/** Statements of one event that is recorded. */
const mostOfEvent = 500
const eventsAtOnce = 500

/** Answers with how many statements were kept here. Told by `analytics.void-statements`. */
export async function voidStatementsOf(tx: Tx, personId: string): Promise<number> {
  const [person] = await query<{ institution_id: string }>(tx, 'select institution_id from people where id = $1', [personId])
  if (!person) return 0
  for (const lrs of await lrsEver(tx, person.institution_id)) await voidAt(tx, lrs, personId)
  return voidHere(tx, personId)
}

interface Row extends Record<string, unknown> {
  delivered: boolean
  id: string
  sequence: number
  name: EventName
  version: number
  institution_id: string
  course_id: string | null
  placement_id: string | null
  data: LearningEvent['data']
  occurred_at: Date
}

// A row that nobody ever leased was never sent. One that is not done may have been taken all the same: the answer was lost, or it was
// taken before it was sent again.
const sentSql = `select d.state = 'done' as delivered, e.id, e.sequence, e.name, e.version, e.institution_id, e.course_id, e.placement_id, e.data, e.occurred_at
  from ${eventsOfPerson} mine join events e on e.id = mine.id join deliveries d on d.event_id = e.id
  where d.listener = $2 and d.target = $3 and (d.state <> 'due' or d.runs > 0) and e.sequence > $4 order by e.sequence limit ${eventsAtOnce}`

async function voidAt(tx: Tx, lrs: Lrs, personId: string): Promise<void> {
  const sure: string[] = []
  const maybe: string[] = []
  for (let after = 0; ; ) {
    const rows = await query<Row>(tx, sentSql, [personId, forwardStatements.name, lrs.id, after])
    const made = await statementsOfEach(
      rows.map((row) => eventOf(row, personId)),
      { ...tellerOf(lrs), erased: true },
    )
    rows.forEach((row, at) => {
      for (const { id } of made[at] ?? []) (row.delivered ? sure : maybe).push(id)
    })
    const last = rows.at(-1)
    if (!last || rows.length < eventsAtOnce) break
    after = last.sequence
  }
  const scope = { institutionId: lrs.institutionId, courseId: null, personId: null, placementId: null }
  const tell = (ids: { sure: string[]; maybe: string[] }) => ({
    name: 'analytics.statements.voided' as const,
    ...scope,
    data: { personId, lrsId: lrs.id, ...ids },
  })
  await recordAll(tx, [
    ...portions(sure).map((ids) => tell({ sure: ids, maybe: [] })),
    ...portions(maybe).map((ids) => tell({ sure: [], maybe: ids })),
  ])
}

function portions(ids: readonly string[]): string[][] {
  const all: string[][] = []
  for (let at = 0; at < ids.length; at += mostOfEvent) all.push(ids.slice(at, at + mostOfEvent))
  return all
}

function eventOf(row: Row, personId: string): LearningEvent {
  const { id, name, version, data } = row
  const scope = { institutionId: row.institution_id, courseId: row.course_id, personId, placementId: row.placement_id }
  return { id, name, version, data, ...scope, occurredAt: row.occurred_at }
}

const keepSql = `insert into statements (id, event_id, institution_id, course_id, person_id, verb, activity, statement, stored)
  select s.id, s.id, $5, s.course_id, null, $6, s.voided, s.statement, $7
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[]) with ordinality as s (id, course_id, voided, statement, place)
  order by s.place on conflict (id) do nothing`

/** Whoever reads statements here learns by the voiding ones that those that they have read are void. */
async function voidHere(tx: Tx, personId: string): Promise<number> {
  const gone = await query<{ id: string; course_id: string | null; institution_id: string }>(
    tx,
    'delete from statements where person_id = $1 returning id, course_id, institution_id',
    [personId],
  )
  const [first] = gone
  if (!first) return 0
  const of = { base: config().publicUrl, at: now() }
  const made = gone.map(({ id }) => voiding(id, of))
  await query(tx, keepSql, [
    made.map(({ id }) => id),
    gone.map((row) => row.course_id),
    gone.map(({ id }) => id),
    made.map((statement) => JSON.stringify(statement)),
    ...[first.institution_id, voidedVerb, now()],
  ])
  return gone.length
}
