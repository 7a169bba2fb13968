// Published Versions as other rooms read them. They never change, so they are kept in memory by id; which one is the latest
// is asked of the database every time, by `pointerSql`, alone or as a part of the asker's own statement (a launch has few to spend).
import type { ActivityDocument, ActivityKind } from '@cuepoint/contracts'
import { query, queryAlone, type Tx } from '../../kernel/db.ts'
import { AppError, conflict, notFound } from '../../kernel/errors.ts'

export interface Version {
  readonly id: string
  readonly activityId: string
  readonly number: number
  readonly title: string
  readonly document: ActivityDocument
  readonly maxScore: number
}

/** What stands behind an activity id, seen from one course. */
export interface Pointer {
  id: string
  kind: ActivityKind
  versionId: string | null
  deleted: boolean
}

/** SQL of one row shaped like Pointer, or none where the activity is neither of the course nor shared with it. Arguments are SQL. */
export function pointerSql(activityId: string, courseId: string): string {
  return `select a.id, a.kind, a.version_id as "versionId", a.deleted_at is not null as deleted from activities a
    where a.id = ${activityId} and (a.course_id = ${courseId}
      or exists (select from activity_shares s where s.activity_id = a.id and s.course_id = ${courseId}))`
}

/** SQL that is true while the activity is not deleted. The argument is SQL. */
export function notDeletedSql(activityId: string): string {
  return `exists (select from activities live where live.id = ${activityId} and live.deleted_at is null)`
}

/** The latest Version behind a pointer. activity_not_found, activity_deleted (410), activity_unpublished (409). */
export async function versionBehind(pointer: Pointer | null | undefined, tx?: Tx): Promise<Version> {
  if (!pointer) throw notFound('activity_not_found', 'There is no such activity in this course.')
  if (pointer.deleted) throw new AppError('activity_deleted', 'This activity was deleted by its teacher.')
  if (!pointer.versionId) throw conflict('activity_unpublished', 'This activity has not been published yet.')
  return versionOf(pointer.versionId, tx)
}

/** What stands behind an activity id, seen from a course; null = nothing. */
export async function pointerOf(activityId: string, courseId: string, tx?: Tx): Promise<Pointer | null> {
  const [pointer] = await ask<Pointer>(tx, pointerSql('$1', '$2'), [activityId, courseId], 'content-pointer')
  return pointer ?? null
}

/** The latest Version of an activity, seen from a course: one statement when warm. Errors as versionBehind. */
export async function publishedVersionOf(activityId: string, courseId: string, tx?: Tx): Promise<Version> {
  return versionBehind(await pointerOf(activityId, courseId, tx), tx)
}

const kept = new Map<string, Version>()
const mostKept = 500

/** A Version by id, from memory where it was read before. The id must come from our own tables, not from a browser. */
export async function versionOf(versionId: string, tx?: Tx): Promise<Version> {
  const known = kept.get(versionId)
  if (known) {
    // Map keeps insertion order: what was used last goes to the end, what falls out is the front.
    kept.delete(versionId)
    kept.set(versionId, known)
    return known
  }
  const text = 'select id, activity_id as "activityId", number, title, document, max_score as "maxScore" from versions where id = $1'
  const [read] = await ask<{ [K in keyof Version]: Version[K] }>(tx, text, [versionId], 'content-version')
  if (!read) throw notFound('activity_not_found', 'There is no such activity in this course.')
  kept.set(versionId, read)
  const oldest = kept.keys().next()
  if (kept.size > mostKept && !oldest.done) kept.delete(oldest.value)
  return read
}

/** Inside a transaction its own connection must be used: asking the pool for a second one can starve it. */
function ask<Row extends object>(tx: Tx | undefined, text: string, values: unknown[], name: string): Promise<Row[]> {
  return tx ? query<Row>(tx, text, values, name) : queryAlone<Row>(text, values, name)
}
