// Who of the teachers did what when: written in the transaction of the deed, shown on the learner's page.
import type { Caller, TeacherDeed } from '@cuepoint/contracts'
import { newId, now } from '../../kernel/clock.ts'
import { query, queryAlone, type Tx } from '../../kernel/db.ts'
import { namesOf } from '../identity/index.ts'
import type { Recorded } from './permission.ts'

interface Done {
  placementId: string
  /** null = of the whole placement */
  personId: string | null
  deed: TeacherDeed['deed']
  before: unknown
  after: unknown
}

export async function noteDeed(tx: Tx, caller: Recorded, { placementId, personId, deed, before, after }: Done): Promise<void> {
  await query(
    tx,
    `insert into teacher_deeds (id, institution_id, placement_id, person_id, by_person_id, deed, before, after, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [newId(), caller.institutionId, placementId, personId, caller.personId, deed, JSON.stringify(before), JSON.stringify(after), now()],
  )
}

interface Row {
  id: string
  byPersonId: string
  deed: TeacherDeed['deed']
  before: unknown
  after: unknown
  at: Date
}

/** What was done about this person, and about the placement as a whole; newest first. */
export async function deedsOf(caller: Caller, placementId: string, personId: string): Promise<TeacherDeed[]> {
  const rows = await queryAlone<Row & Record<string, unknown>>(
    `select id, by_person_id as "byPersonId", deed, before, after, at from teacher_deeds
     where placement_id = $1 and institution_id = $3 and (person_id = $2 or person_id is null) order by at desc, id limit 200`,
    [placementId, personId, caller.institutionId],
  )
  const names = await namesOf(caller.institutionId, [...new Set(rows.map((row) => row.byPersonId))])
  return rows.map(({ id, byPersonId, deed, before, after, at }) => ({
    id,
    at: at.toISOString(),
    by: names.get(byPersonId) ?? '',
    deed,
    before,
    after,
  }))
}
