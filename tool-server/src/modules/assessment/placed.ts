// Where the activities of a course are placed, and how many attempts run there: what a republish would touch.
import type { Caller, PlacedActivity } from '@cuepoint/contracts'
import { queryAlone } from '../../kernel/db.ts'
import { activityIdsOf } from '../content/index.ts'
import { placementsOfActivities } from '../identity/index.ts'

export async function placedActivitiesOf(caller: Caller): Promise<PlacedActivity[]> {
  const placed = await placementsOfActivities(caller.institutionId, await activityIdsOf(caller))
  const running = await queryAlone<{ placement_id: string; activity_id: string; n: number }>(
    `select placement_id, activity_id, count(*)::int n from attempts
     where placement_id = any($1) and state = 'open' and not practice and (deadline_at is null or deadline_at > now())
     group by placement_id, activity_id`,
    [placed.map((one) => one.placementId)],
  )
  const runningAt = new Map(running.map((row) => [`${row.placement_id} ${row.activity_id}`, row.n]))
  return placed.map(({ activityId, placementId, title, courseId, courseTitle }) => ({
    activityId,
    placementId,
    title,
    otherCourse: courseId === caller.courseId ? null : courseTitle,
    running: runningAt.get(`${placementId} ${activityId}`) ?? 0,
  }))
}
