// The placements of a course with an activity behind them, as one of its people may know of them.
import { queryAlone } from '../../kernel/db.ts'

export interface CoursePlacement {
  id: string
  title: string
  activityId: string
  takesScores: boolean
}

/** In the order in which they came. `personId`: without those that the LMS gives to others only; null = all. */
export async function placementsIn(courseId: string, personId: string | null): Promise<CoursePlacement[]> {
  return queryAlone<CoursePlacement & Record<string, unknown>>(
    `select p.id, p.title, p.activity_id "activityId", p.takes_scores "takesScores" from placements p
     where p.course_id = $1 and p.activity_id is not null and ($2::uuid is null
       or not exists (select from placement_rosters r where r.placement_id = p.id and r.restricted)
       or exists (select from placement_members m where m.placement_id = p.id and m.person_id = $2))
     order by p.created_at, p.id limit 500`,
    [courseId, personId],
    'identity-placements-in',
  )
}

/** When each of these people first opened a placement of that activity from the course, between these times; null = not. */
export async function firstOpened(
  asked: readonly { personId: string; courseId: string; activityId: string; since: Date; until: Date }[],
): Promise<(Date | null)[]> {
  const rows = await queryAlone<{ at: Date | null }>(
    `select (select min(e.occurred_at) from placements p join events e on e.placement_id = p.id and e.person_id = q.person_id
         and e.name = 'identity.session.opened' and e.occurred_at between q.since and q.until and e.data->>'purpose' = 'activity'
       where p.course_id = q.course_id and p.activity_id = q.activity_id) as at
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[])
       with ordinality as q (person_id, course_id, activity_id, since, until, place) order by q.place`,
    [
      asked.map((it) => it.personId),
      asked.map((it) => it.courseId),
      asked.map((it) => it.activityId),
      asked.map((it) => it.since),
      asked.map((it) => it.until),
    ],
    'identity-first-opened',
  )
  return rows.map(({ at }) => at)
}
