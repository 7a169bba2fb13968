// Publishing: the draft freezes into an immutable Version, which attempts then point at for ever.
import { isDeepStrictEqual } from 'node:util'
import type { Activity, Caller, DraftIssue } from '@cuepoint/contracts'
import { newId, now } from '../../kernel/clock.ts'
import { query, type Tx, transaction } from '../../kernel/db.ts'
import { AppError, conflict } from '../../kernel/errors.ts'
import { record } from '../../kernel/events/outbox.ts'
import { activityOf, rowOf } from './catalogue.ts'
import { type ActivityRow, VersionRow } from './content.models.ts'
import { draftChecked } from './draft-check.ts'
import { opaqueIds } from './option-ids.ts'
import { maxScoreOf } from './scores.ts'
import { versionOf } from './versions.ts'

type Publisher = Pick<Caller, 'institutionId' | 'courseId' | 'personId'>

/** Publishes the draft if it is still at `revision`. draft_conflict, activity_incomplete (with the issues). */
export async function publishActivity(caller: Caller, activityId: string, revision: number): Promise<Activity> {
  return transaction(async (tx) => {
    // Two publishers: the second waits here, and then finds nothing new.
    await query(tx, 'select from activities where id = $1 and course_id = $2 for update', [activityId, caller.courseId])
    const row = await rowOf(caller, activityId, tx)
    if (row.revision !== revision)
      throw conflict('draft_conflict', 'This activity was changed in the meantime. Load it again before you publish.')
    await publishRow(tx, caller, row)
    return activityOf(caller, activityId, tx)
  })
}

/** Freezes the row's draft, unless the latest Version says the same. The row must be locked or new. */
export async function publishRow(tx: Tx, caller: Publisher, row: ActivityRow): Promise<void> {
  const { issues } = await draftChecked(caller, row.document, tx)
  if (issues.length > 0) throw incomplete(issues)
  const document = opaqueIds(row.document, row.idSalt)
  const latest = row.versionId ? await versionOf(row.versionId, tx) : null
  const same = latest && latest.title === row.title && isDeepStrictEqual(latest.document, document)
  if (!same) await freeze(tx, caller, row, document, (latest?.number ?? 0) + 1)
  await row.update({ publishedRevision: row.revision }, { transaction: tx })
}

async function freeze(tx: Tx, caller: Publisher, row: ActivityRow, document: ActivityRow['document'], number: number): Promise<void> {
  const { institutionId, courseId, personId } = caller
  const version = { id: newId(), activityId: row.id, number, title: row.title, document, maxScore: maxScoreOf(document) }
  await VersionRow.create({ ...version, publishedBy: personId, publishedAt: now() }, { transaction: tx })
  row.versionId = version.id
  await row.save({ transaction: tx, fields: ['versionId'] })
  const data = { activityId: row.id, versionId: version.id, number, maxScore: version.maxScore }
  await record(tx, { name: 'content.activity.published', institutionId, courseId, personId, placementId: null, data })
}

function incomplete(issues: readonly DraftIssue[]): AppError {
  const named = issues.map(({ questionId, code, message }) => ({ path: questionId ?? '', code, message }))
  return new AppError('activity_incomplete', 'Some things are missing before this can be published.', { issues: named })
}
