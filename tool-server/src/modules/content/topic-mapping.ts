// Topics of a document that comes into another course: by their names there, made where they are missing.
import type { ActivityDocument } from '@cuepoint/contracts'
import { query, type Tx } from '../../kernel/db.ts'
import { questionsOf, withQuestions } from './document-parts.ts'
import { topicsNamed } from './topics.ts'

/** The document with the course's own topic ids; `names` says what each id of the document is called. */
export async function withTopicsOf(
  tx: Tx,
  courseId: string,
  document: ActivityDocument,
  names: ReadonlyMap<string, string>,
): Promise<ActivityDocument> {
  const ids = await topicsNamed(tx, courseId, [...new Set(names.values())])
  const mapped = (topicIds: readonly string[]) => topicIds.flatMap((id) => ids.get(names.get(id) ?? '') ?? [])
  const about = withQuestions(document, (question) => ({ ...question, topicIds: mapped(question.topicIds) }))
  return { ...about, topicIds: mapped(document.topicIds ?? []) }
}

/** What the topics that a document names are called in the course it comes from. */
export async function topicNamesIn(tx: Tx, courseId: string, document: ActivityDocument): Promise<Map<string, string>> {
  const ids = [...new Set([...(document.topicIds ?? []), ...questionsOf(document).flatMap((question) => question.topicIds)])]
  if (ids.length === 0) return new Map()
  const rows = await query<{ id: string; name: string }>(
    tx,
    'select id, name from topics where course_id = $1 and id = any($2) and deleted_at is null',
    [courseId, ids],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
