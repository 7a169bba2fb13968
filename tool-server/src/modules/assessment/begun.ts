// Who has begun what, for rooms that look at a whole course.
import { queryAlone } from '../../kernel/db.ts'

/** Of these placements those at which some learner has an attempt: the LMS has opened them to learners. */
export async function begunPlacements(placementIds: readonly string[]): Promise<Set<string>> {
  const rows = await queryAlone<{ id: string }>(
    `select p.id from unnest($1::uuid[]) as p (id) where exists (select from attempts a where a.placement_id = p.id and not a.practice)`,
    [placementIds],
    'assessment-begun',
  )
  return new Set(rows.map(({ id }) => id))
}

/** Learners who have handed in an attempt at the activity in the course. */
export async function peopleWhoHandedIn(courseId: string, activityId: string): Promise<string[]> {
  const rows = await queryAlone<{ id: string }>(
    `select distinct a.person_id as id from placements p join attempts a on a.placement_id = p.id
     where p.course_id = $1 and a.activity_id = $2 and a.state = 'submitted' and not a.practice order by 1`,
    [courseId, activityId],
    'assessment-people-who-handed-in',
  )
  return rows.map(({ id }) => id)
}

/** The attempt that a learner handed in last at a placement, of whichever activity; null = none. */
export async function lastHandedIn(placementId: string, personId: string): Promise<string | null> {
  const [row] = await queryAlone<{ id: string }>(
    `select id from attempts where placement_id = $1 and person_id = $2 and state = 'submitted' and not practice order by submitted_at desc limit 1`,
    [placementId, personId],
    'assessment-last-handed-in',
  )
  return row?.id ?? null
}

interface ScoreAsked {
  courseId: string
  personId: string
  activityId: string
  since: Date
}

/** Share of the points of the first attempt that each of these people handed in at the activity in the course since then; null = none. */
export async function firstSharesSince(asked: readonly ScoreAsked[]): Promise<(number | null)[]> {
  if (asked.length === 0) return []
  const rows = await queryAlone<{ share: number | null }>(
    `select (select a.score / nullif(a.max_score, 0) from placements p join attempts a on a.placement_id = p.id and a.person_id = q.person_id
         and a.activity_id = q.activity_id
       where p.course_id = q.course_id and a.state = 'submitted' and not a.practice and a.submitted_at > q.since
       order by a.submitted_at limit 1) as share
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[])
       with ordinality as q (course_id, person_id, activity_id, since, place) order by q.place`,
    [asked.map((it) => it.courseId), asked.map((it) => it.personId), asked.map((it) => it.activityId), asked.map((it) => it.since)],
    'assessment-shares-since',
  )
  return rows.map(({ share }) => share)
}
