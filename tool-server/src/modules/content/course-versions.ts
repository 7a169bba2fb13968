// What stands behind many activities of a course at once, and what their topics are called.
import { queryAlone } from '../../kernel/db.ts'
import { questionsOf } from './document-parts.ts'
import { type Version, versionOf } from './versions.ts'

/** The latest Version of each of these activities, of the course or shared with it; what is deleted or not published is left out. */
export async function publishedVersionsOf(courseId: string, activityIds: readonly string[]): Promise<Map<string, Version>> {
  if (activityIds.length === 0) return new Map()
  const rows = await queryAlone<{ id: string; version_id: string }>(
    `select a.id, a.version_id from activities a where a.id = any($2::uuid[]) and a.version_id is not null and a.deleted_at is null
       and (a.course_id = $1 or exists (select from activity_shares s where s.activity_id = a.id and s.course_id = $1))`,
    [courseId, activityIds],
    'content-published-versions',
  )
  const found = await Promise.all(rows.map(async ({ id, version_id }) => [id, await versionOf(version_id)] as const))
  return new Map(found)
}

/** All topics that an activity carries: those of the whole and of its questions. */
export function topicIdsIn({ document }: Version): string[] {
  return [...new Set([...(document.topicIds ?? []), ...questionsOf(document).flatMap(({ topicIds }) => topicIds)])]
}

/** Names by id, of topics of the institution that are not deleted. */
export async function topicNamesOf(institutionId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await queryAlone<{ id: string; name: string }>(
    `select t.id, t.name from topics t join courses c on c.id = t.course_id
     where c.institution_id = $1 and t.id = any($2::uuid[]) and t.deleted_at is null order by t.name, t.id`,
    [institutionId, ids],
    'content-topic-names',
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
