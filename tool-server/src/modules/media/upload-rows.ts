// The rows of uploads under way.
import type { Caller } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { queryAlone } from '../../kernel/db.ts'
import { notFound } from '../../kernel/errors.ts'

/** What S3 has of it. */
export interface Parts {
  uploadId: string
  etags: string[]
  /** Bytes behind the last part that are too few for one. */
  tail: number
}

export interface UploadRow {
  assetId: string
  key: string
  length: number
  received: number
  parts: Parts | null
  finished: boolean
}

const columns = `u.asset_id as "assetId", a.original_key as key, u.length, u.received, u.parts, u.finished_at is not null as finished`

export function uploadNotFound() {
  return notFound('upload_not_found', 'This upload is over or was never begun here. Begin it again.')
}

/** The caller's own upload: nobody else may add to it. Throws upload_not_found. */
export async function uploadOfCaller(caller: Caller, assetId: string): Promise<UploadRow> {
  const [row] = await queryAlone<UploadRow & Record<string, unknown>>(
    `select ${columns} from uploads u join assets a on a.id = u.asset_id
     where u.asset_id = $1 and u.course_id = $2 and u.institution_id = $3 and u.person_id = $4 and a.state <> 'cancelled' and a.deleted_at is null`,
    [assetId, caller.courseId, caller.institutionId, caller.personId],
  )
  if (!row?.key) throw uploadNotFound()
  return row
}

export interface UploadUnderway {
  personId: string | null
  received: number
  fingerprint: string | null
  touchedAt: Date
}

/** Those of these assets that are not finished. */
export async function uploadsOf(assetIds: readonly string[]): Promise<Map<string, UploadUnderway>> {
  if (assetIds.length === 0) return new Map()
  const rows = await queryAlone<UploadUnderway & { id: string; [column: string]: unknown }>(
    `select asset_id as id, person_id as "personId", received, fingerprint, touched_at as "touchedAt" from uploads
     where asset_id = any($1::uuid[]) and finished_at is null`,
    [assetIds],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** An upload by the place of its bytes; null once it is over. */
export async function openUploadAt(key: string): Promise<UploadRow | null> {
  const [row] = await queryAlone<UploadRow & Record<string, unknown>>(
    `select ${columns} from uploads u join assets a on a.id = u.asset_id where u.asset_id = $1 and u.finished_at is null and a.state = 'uploading'`,
    [key.split('/').at(-1)],
  )
  return row ?? null
}

/** Notes how far it is. `from`: where it stood; false where another process has moved it since. */
export async function noteReceived(assetId: string, from: number, received: number, parts: Parts | null = null): Promise<boolean> {
  const rows = await queryAlone(
    `update uploads set received = $3, parts = coalesce($4::jsonb, parts), touched_at = $5
     where asset_id = $1 and received = $2 and finished_at is null returning asset_id`,
    [assetId, from, received, parts === null ? null : JSON.stringify(parts), now()],
  )
  return rows.length > 0
}
