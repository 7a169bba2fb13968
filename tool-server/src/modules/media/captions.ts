// Captions of a video: taken from a file, edited, deleted. Each change looks for personal data anew.
import type { Caller, Caption, CaptionCue } from '@cuepoint/contracts'
import { mostCues } from '@cuepoint/contracts'
import { newId, now } from '../../kernel/clock.ts'
import { query, type Tx, transaction } from '../../kernel/db.ts'
import { AppError, conflict, invalid } from '../../kernel/errors.ts'
import { assetRowOf, seeToReach, tellAsset } from './assets.ts'
import { cuesIn, tidiedCues } from './caption-files.ts'
import { captionColumns, captionNotFound, captionsOfAsset } from './caption-rows.ts'
import type { AssetRow } from './media.models.ts'
import { findingsInCues } from './personal-data.ts'

export async function captionsOf(caller: Caller, assetId: string): Promise<Caption[]> {
  await seeToReach(caller, assetId)
  return captionsOfAsset(assetId)
}

/** Takes a WebVTT or SRT file; caption_invalid says in which line it cannot be read. */
export async function addCaption(
  caller: Caller,
  assetId: string,
  given: { language: string; label: string; text: string },
): Promise<Caption> {
  const cues = cuesIn(given.text, mostCues)
  if (!Array.isArray(cues)) throw unreadable(cues.message)
  if (cues.length === 0) throw unreadable('There are no captions in this file.')
  return transaction(async (tx) => {
    const asset = await assetRowOf(caller.courseId, assetId, tx)
    const values = [newId(), assetId, caller.institutionId, given.language, given.label, JSON.stringify(cues), caller.personId, now()]
    const [row] = await query<Caption & Record<string, unknown>>(
      tx,
      `insert into captions (id, asset_id, institution_id, language, label, cues, created_by, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $8) on conflict (asset_id, language) do nothing returning ${captionColumns}`,
      values,
    )
    if (!row) throw captionExists()
    await lookForPersonalData(tx, asset)
    return row
  })
}

/** The whole list as it was edited, if nobody changed it since `revision`. */
export async function saveCaption(
  caller: Caller,
  captionId: string,
  given: { revision: number; language: string; label: string; cues: CaptionCue[] },
): Promise<Caption> {
  const cues = tidiedCues(given.cues)
  if (!cues)
    throw invalid('A caption ends before it begins.', [
      { path: 'cues', code: 'time_reversed', message: 'A caption ends before it begins.' },
    ])
  return transaction(async (tx) => {
    const asset = await assetOfCaption(tx, caller, captionId)
    const [taken] = await query(tx, 'select 1 from captions where asset_id = $1 and language = $2 and id <> $3', [
      asset.id,
      given.language,
      captionId,
    ])
    if (taken) throw captionExists()
    const [row] = await query<Caption & Record<string, unknown>>(
      tx,
      `update captions set language = $3, label = $4, cues = $5, revision = revision + 1, updated_at = $6
       where id = $1 and revision = $2::bigint returning ${captionColumns}`,
      [captionId, given.revision, given.language, given.label, JSON.stringify(cues), now()],
    )
    if (!row)
      throw conflict('draft_conflict', 'These captions were changed in another tab or by someone else. Load them again before you go on.')
    await lookForPersonalData(tx, asset)
    return row
  })
}

export async function deleteCaption(caller: Caller, captionId: string): Promise<void> {
  await transaction(async (tx) => {
    const asset = await assetOfCaption(tx, caller, captionId)
    await query(tx, 'delete from captions where id = $1', [captionId])
    await lookForPersonalData(tx, asset)
  })
}

async function assetOfCaption(tx: Tx, caller: Caller, captionId: string): Promise<AssetRow> {
  const [row] = await query<{ assetId: string }>(
    tx,
    `select c.asset_id as "assetId" from captions c join assets a on a.id = c.asset_id and a.course_id = $2 and a.deleted_at is null where c.id = $1`,
    [captionId, caller.courseId],
  )
  if (!row) throw captionNotFound()
  return assetRowOf(caller.courseId, row.assetId, tx)
}

async function lookForPersonalData(tx: Tx, asset: AssetRow): Promise<void> {
  const captions = await captionsOfAsset(asset.id, tx)
  const findings = [...asset.findings.filter((it) => it.where === 'name'), ...captions.flatMap((it) => findingsInCues(it.id, it.cues))]
  await asset.update({ findings, updatedAt: now() }, { transaction: tx })
  tellAsset(tx, asset.id)
}

function captionExists() {
  return conflict('caption_exists', 'There are captions in this language already. Edit those, or delete them first.')
}

function unreadable(message: string) {
  return new AppError('caption_invalid', message)
}
