// When learners had played enough of a part of a video, by what their pages told.
import { queryAlone } from '../../../kernel/db.ts'
import { type Part, type Told, whenPlayed } from './plays.ts'

export interface PartAsked extends Part {
  readonly personId: string
  readonly courseId: string
  readonly activityId: string
  readonly since: Date
  readonly until: Date
}

const telling = ['played', 'paused', 'seeked', 'terminated', 'interacted'].map((it) => `assessment.video.${it}`)

/** For each, the moment by which so much of the part (a share) had been played since; null where it has not. */
export async function firstPlayed(asked: readonly PartAsked[], share: number): Promise<(Date | null)[]> {
  if (asked.length === 0) return []
  const rows = await queryAlone<Told & { place: number } & Record<string, unknown>>(
    `select q.place::int as place, e.id, e.name, e.occurred_at as "occurredAt", e.sequence::float8 as sequence, e.data
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[])
         with ordinality as q (person_id, course_id, activity_id, since, until, place)
       join placements p on p.course_id = q.course_id and p.activity_id = q.activity_id
       join events e on e.placement_id = p.id and e.person_id = q.person_id and e.occurred_at between q.since and q.until
     where e.name = any($6::text[]) order by e.occurred_at, e.sequence`,
    [
      asked.map((it) => it.personId),
      asked.map((it) => it.courseId),
      asked.map((it) => it.activityId),
      asked.map((it) => it.since),
      asked.map((it) => it.until),
      telling,
    ],
    'insight-part-played',
  )
  const told = asked.map((): Told[] => [])
  for (const { place, ...one } of rows) told[place - 1]?.push(one)
  return asked.map((part, at) => whenPlayed(part, told[at] ?? [], share))
}
