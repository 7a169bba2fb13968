// An upload begins: quotas are looked at, an asset and its place in the storage are made.
import type { AssetKind, Caller } from '@cuepoint/contracts'
import { newId, now } from '../../kernel/clock.ts'
import { config } from '../../kernel/config.ts'
import { query, type Tx, transaction } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { storage } from '../../kernel/storage.ts'
import { tellAsset, usedBytesOf } from './assets.ts'
import { cleanFileName } from './file-name.ts'
import { findingsInName } from './personal-data.ts'

/** Uploads under way at the same time. */
const mostOpen = { ofPerson: 20, ofCourse: 200 }
/** Left free on the disk: the database lives there, too. */
const reserveBytes = 256 * 1_048_576

export interface NewFile {
  name: string
  bytes: number
  kind: AssetKind
  /** By which its page knows the file again. */
  fingerprint: string | null
}

/** Where an asset's uploaded file lies. */
export function originalKey(institutionId: string, assetId: string): string {
  return `originals/${institutionId}/${assetId}`
}

const sizeWords = (bytes: number): string =>
  bytes >= 1_073_741_824 ? `${(bytes / 1_073_741_824).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1_048_576))} MB`

/** Makes the asset; throws where the file is empty, too large, does not fit the course's quota or the disk, or too many are under way. */
export async function openUpload(caller: Caller, file: NewFile): Promise<{ assetId: string; key: string }> {
  const { maxFileBytes } = config().media
  if (file.bytes === 0) throw new AppError('file_empty', 'The file is empty. Choose another one, or record it again.')
  if (file.bytes > maxFileBytes)
    throw new AppError(
      'file_too_large',
      `The file has ${sizeWords(file.bytes)}; ${sizeWords(maxFileBytes)} is the most that may be uploaded here.`,
    )
  await seeToRoom(file.bytes)
  const assetId = newId()
  const key = originalKey(caller.institutionId, assetId)
  await transaction(async (tx) => {
    await seeToQuota(tx, caller, file.bytes)
    await insert(tx, caller, assetId, key, file)
    tellAsset(tx, assetId)
  })
  return { assetId, key }
}

/** A picture or sound that comes in one piece, and is in the storage already or will be in a moment. */
export async function seeToQuota(tx: Tx, caller: Caller, bytes: number): Promise<void> {
  // One after the other within a course, so that many at once cannot pass together.
  await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 12))', [caller.courseId])
  const { courseQuotaBytes } = config().media
  const used = await usedBytesOf(tx, caller.courseId)
  if (used + bytes > courseQuotaBytes)
    throw new AppError(
      'course_quota_reached',
      `This course has ${sizeWords(courseQuotaBytes)} for files and uses ${sizeWords(used)} of it. Delete files that are not needed, or ask your administrator for more.`,
    )
  const [open] = await query<{ course: number; mine: number }>(
    tx,
    `select count(*)::int course, count(*) filter (where person_id = $2)::int mine from uploads where course_id = $1 and finished_at is null`,
    [caller.courseId, caller.personId],
  )
  if (!open || open.mine >= mostOpen.ofPerson || open.course >= mostOpen.ofCourse)
    throw new AppError('uploads_too_many', 'Too many uploads are under way in this course. Finish or cancel some, then go on.')
}

/** Before the first byte, so that nobody uploads for an hour into a full disk. */
async function seeToRoom(bytes: number): Promise<void> {
  const free = await storage().growing?.free()
  if (free !== undefined && free < bytes + reserveBytes)
    throw new AppError(
      'storage_full',
      'There is no room left for this file on the server. Your administrator has to make room; then try again.',
      {
        reason: 'storage_full',
      },
    )
}

async function insert(tx: Tx, caller: Caller, assetId: string, key: string, file: NewFile): Promise<void> {
  const { institutionId, courseId, personId } = caller
  const name = cleanFileName(file.name)
  const at = now()
  await query(
    tx,
    `insert into assets (id, institution_id, course_id, kind, name, bytes, state, original_key, findings, created_by, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, 'uploading', $7, $8, $9, $10, $10)`,
    [assetId, institutionId, courseId, file.kind, name, file.bytes, key, JSON.stringify(findingsInName(name)), personId, at],
  )
  await query(
    tx,
    `insert into uploads (asset_id, institution_id, course_id, person_id, length, created_at, touched_at, fingerprint)
     values ($1, $2, $3, $4, $5, $6, $6, $7)`,
    [assetId, institutionId, courseId, personId, file.bytes, at, file.fingerprint?.replaceAll('\0', '') ?? null],
  )
}
