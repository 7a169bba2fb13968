// The courses that a person teaches, as their last launch into each said.
import type { Caller } from '@cuepoint/contracts'
import { queryAlone } from '../../kernel/db.ts'

/** Courses of the caller's institution that they teach, the last visited first. */
export async function coursesTaughtBy(caller: Caller): Promise<{ id: string; title: string; label: string }[]> {
  if (caller.personId === null) return []
  return queryAlone(
    `select c.id, c.title, c.label from memberships m join courses c on c.id = m.course_id
     where m.person_id = $1 and m.role = 'instructor' and m.status = 'active' and c.institution_id = $2 order by m.last_seen_at desc nulls last limit 100`,
    [caller.personId, caller.institutionId],
  )
}

interface PlacementOfActivity {
  activityId: string
  placementId: string
  title: string
  courseId: string
  courseTitle: string
}

/** Placements, in any course of the institution, that point at one of these activities. */
export async function placementsOfActivities(institutionId: string, activityIds: readonly string[]): Promise<PlacementOfActivity[]> {
  return queryAlone<PlacementOfActivity & Record<string, unknown>>(
    `select p.activity_id "activityId", p.id "placementId", p.title, p.course_id "courseId", c.title "courseTitle"
     from placements p join courses c on c.id = p.course_id
     where c.institution_id = $1 and p.activity_id = any($2) order by p.created_at limit 2000`,
    [institutionId, activityIds],
  )
}
