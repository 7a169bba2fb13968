// What stands in a course for activities and topics that were named in another: the same where it is shared, else the copy that came along.
import { queryAlone } from '../../kernel/db.ts'

// Copies of copies count too: whatever goes back to the same activity. The nearest first, of equal ones the first that was made.
const counterpartsSql = `
with recursive up (id, at, depth) as (
  select i, i, 0 from unnest($2::uuid[]) i
  union all select up.id, c.source_activity_id, up.depth + 1 from up join activity_copies c on c.activity_id = up.at where up.depth < 20),
here (id, at, depth, copied_at) as (
  select a.id, c.source_activity_id, 1, c.copied_at from activities a join activity_copies c on c.activity_id = a.id
  where a.course_id = $1 and a.deleted_at is null and a.version_id is not null
  union all select here.id, c.source_activity_id, here.depth + 1, here.copied_at from here join activity_copies c on c.activity_id = here.at where here.depth < 20)
select distinct on (found.wanted) found.wanted, found.id from (
  select i as wanted, a.id, -1 as depth, null::timestamptz as copied_at from unnest($2::uuid[]) i join activities a on a.id = i
  where a.deleted_at is null and a.version_id is not null
    and (a.course_id = $1 or exists (select from activity_shares s where s.activity_id = a.id and s.course_id = $1))
  union all select up.id, here.id, up.depth + here.depth, here.copied_at from up join here on here.at = up.at) found
order by found.wanted, found.depth, found.copied_at, found.id`

/** By the id elsewhere, the published activity of this course; those that have none here are not in it. */
export async function counterpartsIn(courseId: string, activityIds: readonly string[]): Promise<Map<string, string>> {
  if (activityIds.length === 0) return new Map()
  const rows = await queryAlone<{ wanted: string; id: string }>(counterpartsSql, [courseId, activityIds], 'content-counterparts')
  return new Map(rows.map(({ wanted, id }) => [wanted, id]))
}

/** By the id elsewhere, the topic of the same name in this course. */
export async function topicCounterpartsIn(courseId: string, topicIds: readonly string[]): Promise<Map<string, string>> {
  if (topicIds.length === 0) return new Map()
  const rows = await queryAlone<{ wanted: string; id: string }>(
    `select e.id as wanted, t.id from topics e join topics t on lower(t.name) = lower(e.name) and t.course_id = $1 and t.deleted_at is null
     where e.id = any($2::uuid[])`,
    [courseId, topicIds],
    'content-topic-counterparts',
  )
  return new Map(rows.map(({ wanted, id }) => [wanted, id]))
}
