// Statements are kept here too, so that there is a place to look without an LRS: of every institution, with the account as actor.
import { createHash } from 'node:crypto'
import { now } from '../../kernel/clock.ts'
import { query, transaction } from '../../kernel/db.ts'
import { publish } from '../../kernel/live.ts'
import { type Delivery, listener } from '../../kernel/module.ts'
import { accountTeller, statementsOfEach } from './facts.ts'
import type { Statement } from './statement/statement.ts'
import { isLearning, statementEvents } from './statement/statements-of.ts'

/** Told with an institution's id when statements of it were kept. */
const statementsChannel = 'statements'

const lanes = 4

export const keepStatements = listener({
  name: 'analytics.keep-statements',
  hears: statementEvents,
  queue: 'quick',
  ordered: true,
  batch: 200,
  retry: { firstSeconds: 1, capSeconds: 60, attempts: 50 },
  route: (event) => {
    if (event.personId === null || !isLearning(event)) return null
    return { lane: String(createHash('sha256').update(event.personId).digest().readUInt32BE(0) % lanes) }
  },
  run: keep,
})

const keepSql = `insert into statements (id, event_id, institution_id, course_id, person_id, verb, activity, registration, related, statement, stored)
  select s.id, s.event_id, s.institution_id, s.course_id, s.person_id, s.verb, s.activity, s.registration,
    array(select jsonb_array_elements_text(s.related)), s.statement, $11
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::jsonb[], $10::jsonb[])
    with ordinality as s (id, event_id, institution_id, course_id, person_id, verb, activity, registration, related, statement, place)
  order by s.place on conflict (id) do nothing`

async function keep(batch: readonly Delivery[]): Promise<void> {
  const made = await statementsOfEach(
    batch.map(({ event }) => event),
    accountTeller,
  )
  const rows = batch.flatMap(({ event }, at) => (made[at] ?? []).map((statement) => ({ event, statement })))
  if (rows.length === 0) return
  await transaction(async (tx) => {
    const values = [
      rows.map(({ statement }) => statement.id),
      rows.map(({ event }) => event.id),
      rows.map(({ event }) => event.institutionId),
      rows.map(({ event }) => event.courseId),
      rows.map(({ event }) => event.personId),
      rows.map(({ statement }) => statement.verb.id),
      rows.map(({ statement }) => statement.object.id),
      rows.map(({ statement }) => statement.context.registration ?? null),
      rows.map(({ statement }) => JSON.stringify(relatedTo(statement))),
      rows.map(({ statement }) => JSON.stringify(statement)),
      now(),
    ]
    await query(tx, keepSql, values, 'keep-statements')
    for (const institutionId of new Set(rows.map(({ event }) => event.institutionId))) publish(tx, statementsChannel, institutionId)
  })
}

/** The activities of its context, for `related_activities`. */
function relatedTo({ context: { contextActivities } }: Statement): string[] {
  return Object.values(contextActivities).flatMap((some) => (some ?? []).map(({ id }) => id))
}
