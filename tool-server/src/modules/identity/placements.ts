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

export async function addInstitution(tx: Tx, institution: { id: string; name: string }): Promise<void> {
  await InstitutionRow.create(institution, { transaction: tx })
}
