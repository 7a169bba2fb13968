// What an instructor does with an asset: cancel, start over, delete.
import type { Asset, Caller } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { query, type Tx, transaction } from '../../kernel/db.ts'
import { conflict } from '../../kernel/errors.ts'
import { record } from '../../kernel/events/outbox.ts'
import { storage } from '../../kernel/storage.ts'
import { assetRowOf, tellAsset, viewOf } from './assets.ts'
import type { AssetRow } from './media.models.ts'
import { sweepAsset } from './sweeping.ts'
import type { Parts } from './upload-rows.ts'
import { dropBytes } from './upload-store.ts'

/** Ends an upload or the encoding. Of an upload the bytes go; a whole file stays, so that it may be encoded later. */
export async function cancelAsset(caller: Caller, assetId: string): Promise<Asset> {
  const { asset, dropped } = await transaction(async (tx) => {
    const asset = await assetRowOf(caller.courseId, assetId, tx)
    if (asset.state !== 'uploading' && asset.state !== 'processing') return { asset, dropped: null }
    const upload = asset.state === 'uploading' ? await endUpload(tx, assetId) : null
    const dropped = upload && asset.originalKey ? { assetId, key: asset.originalKey, parts: upload.parts } : null
    await asset.update({ state: 'cancelled', ...(dropped ? { originalKey: null, bytes: 0 } : {}), updatedAt: now() }, { transaction: tx })
    tellAsset(tx, assetId)
    return { asset, dropped }
  })
  if (dropped) await dropBytes(dropped)
  return viewOf(asset)
}

async function endUpload(tx: Tx, assetId: string): Promise<{ parts: Parts | null } | null> {
  const [row] = await query<{ parts: Parts | null }>(
    tx,
    `with old as (select parts from uploads where asset_id = $1)
     update uploads set finished_at = $2, parts = null where asset_id = $1 and finished_at is null returning (select parts from old) parts`,
    [assetId, now()],
  )
  return row ?? null
}

/** Encodes anew what failed or was cancelled. */
export async function retryAsset(caller: Caller, assetId: string): Promise<Asset> {
  const before = await assetRowOf(caller.courseId, assetId)
  const there = before.originalKey !== null && (await storage().stat(before.originalKey)) !== null
  return transaction(async (tx) => {
    const asset = await assetRowOf(caller.courseId, assetId, tx)
    if (!there || (asset.state !== 'failed' && asset.state !== 'cancelled') || asset.kind === 'image')
      throw conflict('asset_not_retriable', 'This file cannot be started over. Upload it again.')
    const afresh = {
      state: 'processing',
      failureCode: null,
      failureMessage: null,
      chunksDone: 0,
      chunksTotal: 0,
      updatedAt: now(),
    } as const
    await asset.update(afresh, { transaction: tx })
    const { institutionId, courseId, kind } = asset
    const scope = { institutionId, courseId, personId: caller.personId, placementId: null }
    await record(tx, { name: 'media.upload.finished', ...scope, data: { assetId, kind, bytes: Number(asset.bytes) } })
    tellAsset(tx, assetId)
    return viewOf(asset)
  })
}

/**
 * Takes it out of the course; its files go at once, or with the next sweep. `seeToUse` throws where it is still in use: it runs under the
 * row's lock, for which publishing waits (assetOf, usableInlineAssets).
 */
export async function deleteAsset(caller: Caller, assetId: string, seeToUse: (tx: Tx) => Promise<void>): Promise<void> {
  const asset = await transaction(async (tx): Promise<AssetRow> => {
    const row = await assetRowOf(caller.courseId, assetId, tx)
    await seeToUse(tx)
    await row.update({ deletedAt: now(), updatedAt: now() }, { transaction: tx })
    tellAsset(tx, assetId)
    return row
  })
  // What fails here the sweep does again.
  await sweepAsset(asset.id).catch(() => undefined)
}
