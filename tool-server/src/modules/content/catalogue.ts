// Lists and single activities as authors see them, always inside the caller's institution and course.
import type { Activity, ActivityDocument, ActivitySummary, Caller } from '@cuepoint/contracts'
import { queryAlone, type Tx } from '../../kernel/db.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import { ActivityRow, VersionRow } from './content.models.ts'
import { draftChecked } from './draft-check.ts'
import { pointerSql } from './versions.ts'

/** Whose rows: a Caller is one. */
export type Scope = Pick<Caller, 'institutionId' | 'courseId'>

const withPublished = { model: VersionRow, as: 'published', attributes: ['id', 'number', 'publishedAt', 'maxScore'] }

/** The course's activities, the last changed first. */
export async function activitiesOf(scope: Scope): Promise<ActivitySummary[]> {
  const rows = await ActivityRow.findAll({
    where: { ...ownedBy(scope), deletedAt: null },
    attributes: { exclude: ['document', 'idSalt'] },
    include: [withPublished],
    order: [['updatedAt', 'DESC']],
    limit: 500,
  })
  return rows.map(summaryOf)
}

/** The same for several courses at once, by course. */
export async function activitiesByCourse(institutionId: string, courseIds: readonly string[]): Promise<Map<string, ActivitySummary[]>> {
  const rows = await ActivityRow.findAll({
    where: { institutionId, courseId: [...courseIds], deletedAt: null },
    attributes: { exclude: ['document', 'idSalt'] },
    include: [withPublished],
    order: [['updatedAt', 'DESC']],
    limit: 1000,
  })
  const found = new Map<string, ActivitySummary[]>()
  for (const row of rows) found.set(row.courseId, [...(found.get(row.courseId) ?? []), summaryOf(row)])
  return found
}

/** The ids of the course's activities. */
export async function activityIdsOf({ institutionId, courseId }: Scope): Promise<string[]> {
  const rows = await queryAlone<{ id: string }>(
    'select id from activities where institution_id = $1 and course_id = $2 and deleted_at is null order by updated_at desc limit 500',
    [institutionId, courseId],
  )
  return rows.map((row) => row.id)
}

/** Titles by id, whatever has become of them since. */
export async function activityTitlesOf(ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await queryAlone<{ id: string; title: string }>('select id, title from activities where id = any($1::uuid[])', [ids])
  return new Map(rows.map(({ id, title }) => [id, title]))
}

/** Summaries of these activities of the course, in the order of `ids`; unknown, foreign and deleted ones are left out. */
export async function summariesOf(scope: Scope, ids: readonly string[]): Promise<ActivitySummary[]> {
  const rows = await ActivityRow.findAll({
    where: { ...ownedBy(scope), id: [...ids], deletedAt: null },
    attributes: { exclude: ['document', 'idSalt'] },
    include: [withPublished],
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? []).map(summaryOf)
}

export interface PlacedActivity {
  id: string
  title: string
  maxScore: number
  /** 0 while it is not published. */
  versionNumber: number
  draftAhead: boolean
}

/** What a placement of the course shows of its activity, of the course or shared with it; null where it is gone. */
export async function placedActivityOf(activityId: string, courseId: string): Promise<PlacedActivity | null> {
  const [activity] = await queryAlone<PlacedActivity & Record<string, unknown>>(
    `select a.id, coalesce(v.title, a.title) as title, coalesce(v.max_score, a.max_score) as "maxScore",
       coalesce(v.number, 0) as "versionNumber", a.revision is distinct from a.published_revision as "draftAhead"
     from (${pointerSql('$1', '$2')}) seen join activities a on a.id = seen.id left join versions v on v.id = a.version_id
     where a.deleted_at is null`,
    [activityId, courseId],
  )
  return activity ?? null
}

/** One activity with its draft and what the draft lacks. activity_not_found, activity_deleted. */
export async function activityOf(scope: Scope, activityId: string, tx?: Tx): Promise<Activity> {
  const row = await rowOf(scope, activityId, tx)
  return { ...summaryOf(row), document: row.document, revision: row.revision, ...(await draftChecked(scope, row.document, tx)) }
}

/** The draft alone. activity_not_found, activity_deleted. */
export async function draftOf(scope: Scope, activityId: string): Promise<{ title: string; document: ActivityDocument; maxScore: number }> {
  const { title, document, maxScore } = await rowOf(scope, activityId)
  return { title, document, maxScore }
}

/** The row with its latest Version's data (not its document). activity_not_found, activity_deleted. */
export async function rowOf(scope: Scope, activityId: string, tx?: Tx): Promise<ActivityRow> {
  const row = await ActivityRow.findOne({
    where: { ...ownedBy(scope), id: activityId },
    include: [withPublished],
    ...(tx ? { transaction: tx } : {}),
  })
  if (!row) throw notFound('activity_not_found', 'There is no such activity in this course.')
  if (row.deletedAt) throw new AppError('activity_deleted', 'This activity was deleted.')
  return row
}

function ownedBy({ institutionId, courseId }: Scope) {
  return { institutionId, courseId }
}

function summaryOf(row: ActivityRow): ActivitySummary {
  const { id, kind, title, questionCount, maxScore, published } = row
  return {
    id,
    kind,
    title,
    questionCount,
    maxScore,
    published: published
      ? {
          versionId: published.id,
          number: published.number,
          publishedAt: published.publishedAt.toISOString(),
          maxScore: published.maxScore,
        }
      : null,
    draftAhead: row.revision !== row.publishedRevision,
    updatedAt: row.updatedAt.toISOString(),
  }
}
