// What nobody needs any more goes: uploads that stopped, files of deleted assets. Also uploads that are whole but were not settled.
import { nowMs } from '../../kernel/clock.ts'
import { config } from '../../kernel/config.ts'
import { queryAlone } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { warnSeldom } from '../../kernel/events/seldom.ts'
import { schedule } from '../../kernel/module.ts'
import { storage } from '../../kernel/storage.ts'
import { dropOldSegmentRequests } from './segment-requests.ts'
import { finishUpload, refuseUpload } from './upload-finishing.ts'
import { openUploadAt, type Parts } from './upload-rows.ts'
import { dropBytes } from './upload-store.ts'

interface Swept {
  id: string
  key: string | null
  parts: Parts | null
}

/** Removes a deleted asset's files and notes that it did. */
export async function sweepAsset(assetId: string): Promise<void> {
  const [asset] = await queryAlone<Swept & Record<string, unknown>>(
    `select a.id, a.original_key key, u.parts from assets a left join uploads u on u.asset_id = a.id
     where a.id = $1 and a.deleted_at is not null and a.swept_at is null`,
    [assetId],
  )
  if (!asset) return
  if (asset.key) await dropBytes({ assetId, key: asset.key, parts: asset.parts })
  for (const folder of ['renditions', 'images', 'sounds', 'uploads']) await storage().removeAll(`${folder}/${assetId}/`)
  await queryAlone(`update assets set swept_at = now(), original_key = null where id = $1`, [assetId])
  await queryAlone(`update uploads set finished_at = coalesce(finished_at, now()), parts = null where asset_id = $1`, [assetId])
}

async function sweepDeleted(): Promise<void> {
  const rows = await queryAlone<{ id: string }>('select id from assets where deleted_at is not null and swept_at is null limit 100')
  for (const { id } of rows) await sweepAsset(id)
}

/** Uploads without a byte for long: whole ones are settled, the others given up. */
async function sweepUploads(): Promise<void> {
  const quiet = await queryAlone<{ key: string; touchedAt: Date }>(
    `select a.original_key key, u.touched_at as "touchedAt" from uploads u join assets a on a.id = u.asset_id
     where u.finished_at is null and a.original_key is not null and u.touched_at < $1 order by u.touched_at limit 200`,
    [new Date(nowMs() - Math.min(60, config().media.uploadSeconds) * 1000)],
  )
  for (const { key, touchedAt } of quiet)
    await settleQuiet(key, touchedAt).catch((error: unknown) => warnSeldom('an upload could not be swept', error))
}

async function settleQuiet(key: string, touchedAt: Date): Promise<void> {
  const upload = await openUploadAt(key)
  if (!upload) return
  const received = storage().growing ? ((await storage().stat(key))?.bytes ?? 0) : upload.received
  if (received === upload.length) return finishUpload(upload)
  if (touchedAt.getTime() > nowMs() - config().media.uploadSeconds * 1000) return
  await refuseUpload(upload, new AppError('upload_not_found', 'The upload stopped and was given up. Upload the file again.'))
}

export const sweepSchedules = [
  schedule({ name: 'media.sweep-uploads', everySeconds: 60, run: sweepUploads }),
  schedule({ name: 'media.sweep-deleted', everySeconds: 300, run: sweepDeleted }),
  schedule({ name: 'media.drop-old-segment-requests', everySeconds: 86_400, run: dropOldSegmentRequests }),
]
