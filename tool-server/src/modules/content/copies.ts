// Copies of activities from one course into another: of their own from then on, and recorded with where they come from.
import type { Activity, Caller, OtherCourse } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { query, type Tx, transaction } from '../../kernel/db.ts'
import { notFound } from '../../kernel/errors.ts'
import { record } from '../../kernel/events/outbox.ts'
import { coursesTaughtBy } from '../identity/index.ts'
import { shareAsset } from '../media/index.ts'
import { insertActivity } from './authoring.ts'
import { activitiesByCourse, activityOf, rowOf } from './catalogue.ts'
import { shareInlineAssets } from './inline-assets.ts'
import { freshIds } from './option-ids.ts'
import { publishRow } from './publishing.ts'
import { topicNamesIn, withTopicsOf } from './topic-mapping.ts'
import { versionOf } from './versions.ts'

/** The other courses that the caller teaches, those with activities only, the last visited first. */
export async function otherCoursesOf(caller: Caller): Promise<OtherCourse[]> {
  const courses = (await coursesTaughtBy(caller)).filter(({ id }) => id !== caller.courseId)
  const activities = await activitiesByCourse(
    caller.institutionId,
    courses.map(({ id }) => id),
  )
  return courses.flatMap((course) => {
    const its = activities.get(course.id) ?? []
    return its.length > 0 ? [{ ...course, activities: its }] : []
  })
}

/** Copies from a course that the caller teaches. activity_not_found also where they do not: what is there is none of their business. */
export async function copyFromCourse(caller: Caller, courseId: string, activityId: string): Promise<Activity> {
  const taught = await coursesTaughtBy(caller)
  if (!taught.some(({ id }) => id === courseId)) throw notFound('activity_not_found', 'There is no such activity in your courses.')
  return transaction(async (tx) => activityOf(caller, await copyActivity(tx, caller, { courseId, activityId }), tx))
}

/**
 * Copies an activity of another course of the institution into the caller's, and tells so; gives the copy's id. What is published
 * there is published here; a draft stays one. The right to read the source must have been checked. activity_not_found, activity_deleted.
 */
export async function copyActivity(
  tx: Tx,
  caller: Pick<Caller, 'institutionId' | 'courseId' | 'personId'>,
  source: { courseId: string; activityId: string },
): Promise<string> {
  const { institutionId, courseId, personId } = caller
  const from = await rowOf({ institutionId, courseId: source.courseId }, source.activityId, tx)
  const { title, document } = from.versionId ? await versionOf(from.versionId, tx) : from
  if (document.kind === 'video' && document.assetId !== null) await shareAsset(tx, document.assetId, courseId)
  await shareInlineAssets(tx, document, courseId)
  const names = await topicNamesIn(tx, source.courseId, document)
  const row = await insertActivity(tx, caller, title, await withTopicsOf(tx, courseId, freshIds(document), names))
  if (from.versionId) await publishRow(tx, caller, row)
  await query(
    tx,
    'insert into activity_copies (activity_id, source_activity_id, source_version_id, copied_by, copied_at) values ($1, $2, $3, $4, $5)',
    [row.id, from.id, from.versionId, personId, now()],
  )
  const data = { activityId: row.id, fromActivityId: from.id, fromCourseId: source.courseId }
  await record(tx, { name: 'content.activity.copied', institutionId, courseId, personId, placementId: null, data })
  return row.id
}
