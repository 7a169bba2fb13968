// Drafts: made, copied, autosaved, deleted. Publishing has its own file.
import type { Activity, ActivityDocument, ActivityKind, Caller, DraftIssue } from '@cuepoint/contracts'
import { newId, now } from '../../kernel/clock.ts'
import { queryAlone, type Tx, transaction } from '../../kernel/db.ts'
import { conflict, invalid } from '../../kernel/errors.ts'
import { record } from '../../kernel/events/outbox.ts'
import { activityOf, rowOf } from './catalogue.ts'
import { ActivityRow } from './content.models.ts'
import { questionsOf } from './document-parts.ts'
import { draftChecked } from './draft-check.ts'
import { emptyDocument, storableDocument } from './drafts.ts'
import { freshIds } from './option-ids.ts'
import { publishRow } from './publishing.ts'
import { sampleOf } from './samples.ts'
import { maxScoreOf } from './scores.ts'
import { withTopicsOf } from './topic-mapping.ts'

export interface NewActivity {
  kind: ActivityKind
  title?: string | undefined
  sampleId?: string | undefined
  copyOf?: string | undefined
}

const untitled: Record<ActivityKind, string> = { quiz: 'Untitled quiz', video: 'Untitled video' }

/** Makes an empty draft, a copy of a sample (published at once), or a copy of an activity of this course. */
export async function createActivity(caller: Caller, wanted: NewActivity): Promise<Activity> {
  if (wanted.sampleId !== undefined) return createFromSample(caller, wanted.sampleId, wanted.title)
  const source = wanted.copyOf === undefined ? null : await rowOf(caller, wanted.copyOf)
  const title = wanted.title ?? (source ? `${source.title} (copy)`.slice(0, 200) : untitled[wanted.kind])
  const document = source ? freshIds(source.document) : emptyDocument(wanted.kind)
  return transaction(async (tx) => activityOf(caller, (await insertActivity(tx, caller, title, document)).id, tx))
}

async function createFromSample(caller: Caller, sampleId: string, title: string | undefined): Promise<Activity> {
  const sample = await sampleOf(sampleId)
  return transaction(async (tx) => {
    const names = new Map([...sample.topics].map(([name, sampleTopicId]) => [sampleTopicId, name]))
    const document = await withTopicsOf(tx, caller.courseId, freshIds(sample.document), names)
    const row = await insertActivity(tx, caller, title ?? sample.title, document)
    await publishRow(tx, caller, row)
    return activityOf(caller, row.id, tx)
  })
}

/** A new draft in the caller's course; tells so. */
export async function insertActivity(
  tx: Tx,
  caller: Pick<Caller, 'institutionId' | 'courseId' | 'personId'>,
  title: string,
  written: ActivityDocument,
): Promise<ActivityRow> {
  const { institutionId, courseId, personId } = caller
  const document = await storableDocument(caller, written, tx)
  const at = now()
  const row = await ActivityRow.create(
    {
      id: newId(),
      institutionId,
      courseId,
      kind: document.kind,
      title,
      document,
      idSalt: newId(),
      questionCount: questionsOf(document).length,
      maxScore: maxScoreOf(document),
      createdBy: personId,
      createdAt: at,
      updatedAt: at,
    },
    { transaction: tx },
  )
  const data = { activityId: row.id, kind: row.kind, title }
  await record(tx, { name: 'content.activity.created', institutionId, courseId, personId, placementId: null, data })
  return row
}

// Saving what is there already leaves a published draft published.
const saveSql = `
update activities set title = $5, document = $6, question_count = $7, max_score = $8, updated_at = $9, revision = revision + 1,
  published_revision = case when published_revision = revision and title = $5 and document = $6 then revision + 1 else published_revision end
where id = $1 and institution_id = $2 and course_id = $3 and revision = $4::bigint and kind = $10 and deleted_at is null returning revision`

/** Autosave, if nobody saved since `revision`: compare and set in one statement. draft_conflict otherwise. */
export async function saveDraft(
  caller: Caller,
  activityId: string,
  draft: { revision: number; title: string; document: ActivityDocument },
): Promise<{ revision: number; savedAt: string; issues: DraftIssue[]; warnings: DraftIssue[] }> {
  const document = await storableDocument(caller, draft.document)
  const at = now()
  const [saved] = await queryAlone<{ revision: number }>(saveSql, [
    ...[activityId, caller.institutionId, caller.courseId, draft.revision, draft.title, JSON.stringify(document)],
    ...[questionsOf(document).length, maxScoreOf(document), at, document.kind],
  ])
  if (saved) return { revision: saved.revision, savedAt: at.toISOString(), ...(await draftChecked(caller, document)) }
  const { kind } = await rowOf(caller, activityId)
  if (kind !== document.kind) throw kindDiffers(kind)
  throw draftConflict()
}

/** What an activity is, it stays: attempts and placements rely on it. */
function kindDiffers(kind: ActivityKind) {
  const issue = { path: 'document.kind', code: 'kind_differs', message: `This activity is a ${kind}.` }
  return invalid('A draft of another kind cannot be saved here.', [issue])
}

/** The draft was saved elsewhere in the meantime. */
function draftConflict() {
  return conflict('draft_conflict', 'This activity was changed in another tab or by someone else. Load it again before you go on.')
}

/** Takes an activity out of its course. Its rows stay; placements that point at it say that it was deleted. */
export async function deleteActivity(caller: Caller, activityId: string): Promise<void> {
  const { institutionId, courseId, personId } = caller
  await transaction(async (tx) => {
    const where = { id: activityId, institutionId, courseId, deletedAt: null }
    const [count] = await ActivityRow.update({ deletedAt: now() }, { where, transaction: tx })
    // Not there, or deleted a moment ago: rowOf says which.
    if (count === 0) await rowOf(caller, activityId, tx)
    await record(tx, { name: 'content.activity.deleted', institutionId, courseId, personId, placementId: null, data: { activityId } })
  })
}
