// Assets as their course sees them.
import type { Asset, Caller, MediaLimits, UploadFacts } from '@cuepoint/contracts'
import { config } from '../../kernel/config.ts'
import { query, queryAlone, type Tx } from '../../kernel/db.ts'
import { notFound } from '../../kernel/errors.ts'
import { publish } from '../../kernel/live.ts'
import { mostImageBytes, mostSoundBytes } from './inline-limits.ts'
import { AssetRow } from './media.models.ts'
import { assetOf } from './reach.ts'
import { encodeWaitOf } from './transcode/waiting.ts'
import { type UploadUnderway, uploadsOf } from './upload-rows.ts'

/** `publish(tx, assetChannel, assetId)` after every change that an open page should see. */
export const assetChannel = 'media.asset'

export function assetNotFound() {
  return notFound('asset_not_found', 'This file is not here. It may have been deleted.')
}

/** The row, if it lives in this course; locked where there is a transaction. */
export async function assetRowOf(courseId: string, assetId: string, tx?: Tx): Promise<AssetRow> {
  const where = { id: assetId, courseId, deletedAt: null }
  const row = await AssetRow.findOne({ where, ...(tx ? { transaction: tx, lock: tx.LOCK.UPDATE } : {}) })
  if (!row) throw assetNotFound()
  return row
}

/** The course's own files, the newest first. */
export async function assetsOf(caller: Caller): Promise<{ assets: Asset[]; limits: MediaLimits }> {
  const rows = await AssetRow.findAll({ where: { courseId: caller.courseId, deletedAt: null }, order: [['createdAt', 'DESC']], limit: 500 })
  const uploads = await uploadsOf(rows.filter((it) => it.state === 'uploading').map((it) => it.id))
  return { assets: rows.map((row) => viewOf(row, factsOf(caller, uploads.get(row.id)))), limits: await limitsOf(caller.courseId) }
}

export async function assetOfCaller(caller: Caller, assetId: string): Promise<Asset> {
  await seeToReach(caller, assetId)
  const row = await AssetRow.findOne({ where: { id: assetId, deletedAt: null } })
  if (!row) throw assetNotFound()
  if (row.state === 'uploading') return viewOf(row, factsOf(caller, (await uploadsOf([row.id])).get(row.id)))
  return { ...viewOf(row), waits: row.state === 'processing' ? await encodeWaitOf(row.id) : null }
}

interface Underway {
  received: number
  facts: UploadFacts
}

function factsOf({ personId }: Caller, row: UploadUnderway | undefined): Underway | undefined {
  if (!row) return undefined
  const { received, fingerprint, touchedAt } = row
  return { received, facts: { mine: row.personId === personId, fingerprint, touchedAt: touchedAt.toISOString() } }
}

export function viewOf(row: AssetRow, underway: Underway | undefined = undefined): Asset {
  const bytes = Number(row.bytes)
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    bytes,
    received: underway?.received ?? (row.state === 'uploading' ? 0 : bytes),
    state: row.state,
    failure: row.failureCode === null ? null : { code: row.failureCode, message: row.failureMessage ?? '' },
    durationSeconds: row.durationSeconds,
    width: row.width,
    height: row.height,
    hasAudio: row.hasAudio,
    hasVideo: row.hasVideo,
    playable: row.playable,
    progress: row.chunksTotal > 0 ? { done: row.chunksDone, total: row.chunksTotal } : null,
    upload: underway?.facts ?? null,
    findings: row.findings,
    originalKept: row.originalKept,
    createdAt: row.createdAt.toISOString(),
  }
}

const usedSql = 'select coalesce(sum(bytes), 0)::bigint used from assets where course_id = $1 and deleted_at is null'

/** Bytes that the course's files take, as they were uploaded. What failed for good counts until it is deleted. */
export async function usedBytesOf(tx: Tx, courseId: string): Promise<number> {
  return (await query<{ used: number }>(tx, usedSql, [courseId]))[0]?.used ?? 0
}

async function limitsOf(courseId: string): Promise<MediaLimits> {
  const { maxFileBytes, courseQuotaBytes } = config().media
  const courseUsedBytes = (await queryAlone<{ used: number }>(usedSql, [courseId]))[0]?.used ?? 0
  return { maxFileBytes, courseQuotaBytes, courseUsedBytes, maxImageBytes: mostImageBytes, maxSoundBytes: mostSoundBytes }
}

/** Throws asset_not_found unless the caller's course may use it: its own, or one that came with a copied activity. */
export async function seeToReach(caller: Caller, assetId: string): Promise<void> {
  if (!(await assetOf(caller, assetId))) throw assetNotFound()
}

/** Tells open pages. */
export function tellAsset(tx: Tx | null, assetId: string): void {
  publish(tx, assetChannel, assetId)
}
