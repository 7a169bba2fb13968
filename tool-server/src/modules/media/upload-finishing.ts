// All bytes of an upload are here: they are looked at once more, then the asset goes on to be encoded, or is refused with its reason.
import { buffer } from 'node:stream/consumers'
import { now } from '../../kernel/clock.ts'
import { query, type Tx, transaction } from '../../kernel/db.ts'
import type { AppError } from '../../kernel/errors.ts'
import { record } from '../../kernel/events/outbox.ts'
import { storage } from '../../kernel/storage.ts'
import { tellAsset } from './assets.ts'
import { FileRefused, refuseUnlessWatched } from './first-look.ts'
import { AssetRow } from './media.models.ts'
import { mp4State } from './mp4-boxes.ts'
import { headBytes } from './sniff.ts'
import type { UploadRow } from './upload-rows.ts'
import { dropBytes, joinParts } from './upload-store.ts'

const truncated = 'The end of the file is missing, so it cannot be played. Look whether it plays on your device, then upload it again.'

/** Settles a whole upload, whoever notices first: the last PATCH, a HEAD, or the sweep. Throws FileRefused where it may not be here. */
export async function finishUpload(upload: UploadRow): Promise<void> {
  if (upload.finished) return
  const { key, length, assetId } = upload
  const read = async (from: number, bytes: number) => buffer(await storage().read(key, { start: from, end: from + bytes - 1 }))
  await joinParts(upload)
  try {
    const found = await refuseUnlessWatched(await read(0, Math.min(length, headBytes)))
    if (found.demuxer === 'mov' && /truncated|headless/.test(await mp4State(read, length))) throw new FileRefused('file_damaged', truncated)
    await settle(assetId, async (tx, asset) => {
      await asset.update({ state: 'processing', kind: found.kind, originalKept: true, probe: found, updatedAt: now() }, { transaction: tx })
      const { institutionId, courseId } = asset
      const scope = { institutionId, courseId, personId: asset.createdBy, placementId: null }
      await record(tx, { name: 'media.upload.finished', ...scope, data: { assetId, kind: found.kind, bytes: length } })
    })
  } catch (error) {
    if (error instanceof FileRefused) await refuseUpload(upload, error)
    throw error
  }
}

/** Gives an upload up for good: the asset says why, the bytes go. */
export async function refuseUpload(upload: Pick<UploadRow, 'assetId' | 'key' | 'parts'>, why: AppError): Promise<void> {
  await settle(upload.assetId, async (tx, asset) => {
    await asset.update(
      { state: 'failed', failureCode: why.code, failureMessage: why.message, originalKey: null, bytes: 0, updatedAt: now() },
      { transaction: tx },
    )
    const { institutionId, courseId } = asset
    const scope = { institutionId, courseId, personId: asset.createdBy, placementId: null }
    await record(tx, { name: 'media.asset.failed', ...scope, data: { assetId: asset.id, code: why.code } })
  })
  await dropBytes(upload)
}

/** Ends the upload in one transaction with what becomes of its asset; nothing where that was done already. */
async function settle(assetId: string, become: (tx: Tx, asset: AssetRow) => Promise<void>): Promise<void> {
  await transaction(async (tx) => {
    const ended = await query(
      tx,
      'update uploads set finished_at = $2, received = length, parts = null where asset_id = $1 and finished_at is null returning asset_id',
      [assetId, now()],
    )
    const asset = await AssetRow.findOne({ where: { id: assetId, state: 'uploading' }, transaction: tx, lock: tx.LOCK.UPDATE })
    if (ended.length === 0 || !asset) return
    await become(tx, asset)
    tellAsset(tx, assetId)
  })
}
