// Placements, always inside the caller's institution and course.
import type { Caller } from '@cuepoint/contracts'
import { query, type Tx } from '../../kernel/db.ts'
import { notFound } from '../../kernel/errors.ts'
import { record } from '../../kernel/events/outbox.ts'
import { InstitutionRow, PlacementRow } from './identity.models.ts'
import { forgetSessions } from './sessions.ts'

export interface Placement {
  id: string
  courseId: string
  title: string
  /** Results are wanted where the launch came from (an LMS gradebook). */
  takesScores: boolean
  activityId: string | null
}

/** The placement, or resource_not_found where it is not of the caller's course. */
export async function placementOf(caller: Caller, placementId: string): Promise<Placement> {
  const row = await PlacementRow.findOne({ where: { id: placementId, courseId: caller.courseId } })
  if (!row) throw notFound()
  return { id: row.id, courseId: row.courseId, title: row.title, takesScores: row.takesScores, activityId: row.activityId }
}

/** Points a placement at an activity and tells so; the activity must have been checked by the caller. */
export async function pointPlacement(tx: Tx, caller: Caller, placementId: string, activityId: string): Promise<void> {
  const rows = await query(tx, 'update placements set activity_id = $3 where id = $1 and course_id = $2 returning id', [
    placementId,
    caller.courseId,
    activityId,
  ])
  if (rows.length === 0) throw notFound()
  const { institutionId, courseId, personId } = caller
  await record(tx, { name: 'identity.placement.pointed', institutionId, courseId, personId, placementId, data: { activityId } })
  tx.afterCommit(forgetSessions)
}

/** Takes a placement's activity away again: nothing is behind it until another is chosen. Attempts stay with the activity they belong to. */
export async function unpointPlacement(tx: Tx, caller: Caller, placementId: string): Promise<void> {
  await query(tx, 'update placements set activity_id = null where id = $1 and course_id = $2', [placementId, caller.courseId])
  tx.afterCommit(forgetSessions)
}

/** Results of it are wanted from now on, which its launches did not say. */
export async function noteTakesScores(tx: Tx, placementId: string): Promise<void> {
  await query(tx, 'update placements set takes_scores = true where id = $1', [placementId])
}

/** Does this person teach that course, as far as the LMS has told? */
export async function teaches(tx: Tx, personId: string, courseId: string): Promise<boolean> {
  const rows = await query(
    tx,
    `select 1 from memberships where person_id = $1 and course_id = $2 and role = 'instructor' and status = 'active'`,
    [personId, courseId],
  )
  return rows.length > 0
}

/** `homePage`: where its accounts are (the LMS's issuer). */
export async function addInstitution(tx: Tx, institution: { id: string; name: string; homePage: string }): Promise<void> {
  await InstitutionRow.create(institution, { transaction: tx })
}
