// People as other rooms ask for them: by the LMS's id for them, by course, and their names.
import type { Caller, Review } from '@cuepoint/contracts'
import { query, queryAlone, type Tx } from '../../kernel/db.ts'

/** The person whom the LMS calls so; null = never met. */
export async function personByExternalId(tx: Tx, institutionId: string, externalId: string): Promise<string | null> {
  const [row] = await query<{ id: string }>(tx, 'select id from people where institution_id = $1 and external_id = $2', [
    institutionId,
    externalId,
  ])
  return row?.id ?? null
}

/** A learner of the caller's course, with the name; null = nobody, or not of this course. */
export async function learnerOf(caller: Caller, personId: string): Promise<{ id: string; name: string } | null> {
  const [row] = await queryAlone<{ id: string; name: string }>(
    `select p.id, p.name from people p join memberships m on m.person_id = p.id
     where p.id = $1 and p.institution_id = $2 and m.course_id = $3 and m.role = 'learner'`,
    [personId, caller.institutionId, caller.courseId],
  )
  return row ?? null
}

/** Names by person id, of one institution. */
export async function namesOf(institutionId: string, personIds: readonly string[]): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map()
  const rows = await queryAlone<{ id: string; name: string }>(
    'select id, name from people where institution_id = $1 and id = any($2::uuid[])',
    [institutionId, personIds],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Makes a session, in the transaction that opened it, one that reviews. */
export async function markReview(tx: Tx, sessionId: string, review: Review): Promise<void> {
  await query(
    tx,
    `update sessions set purpose = 'review', review_placement_id = $2, review_person_id = $3, review_attempt_id = $4 where id = $1`,
    [sessionId, review.placementId, review.personId, review.attemptId],
  )
}
