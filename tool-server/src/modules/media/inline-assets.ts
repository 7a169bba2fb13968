// Pictures and sounds of questions as assets of their course.
import type { Caller, InlineMedia } from '@cuepoint/contracts'
import { newId, now } from '../../kernel/clock.ts'
import { query, queryAlone, type Tx, transaction } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { record } from '../../kernel/events/outbox.ts'
import { storage } from '../../kernel/storage.ts'
import { cleanFileName } from './file-name.ts'
import { inlineAddresses } from './inline-media.ts'
import { findingsInName } from './personal-data.ts'
import { checkPicture, makePicture } from './pictures.ts'
import { originalKey, seeToQuota } from './upload-opening.ts'

interface Made {
  id: string
  kind: 'image' | 'sound'
  name: string
  bytes: number
  state: 'ready' | 'processing'
  width: number | null
  height: number | null
  key: string | null
  probe: object | null
}

export async function addPicture(caller: Caller, name: string, bytes: Buffer, mime: string): Promise<InlineMedia> {
  checkPicture(bytes, mime)
  await transaction((tx) => seeToQuota(tx, caller, bytes.length))
  const id = newId()
  try {
    const { width, height } = await makePicture(id, bytes)
    await transaction(async (tx) => {
      await seeToQuota(tx, caller, bytes.length)
      await insert(tx, caller, { id, kind: 'image', name, bytes: bytes.length, state: 'ready', width, height, key: null, probe: null })
    })
  } catch (error) {
    await storage()
      .removeAll(`images/${id}/`)
      .catch(() => undefined)
    throw error
  }
  return inlineMediaOf(caller, id)
}

/** Made ready by a worker, since it takes ffmpeg: see sounds.ts. */
export async function addSound(
  caller: Caller,
  name: string,
  bytes: Buffer,
  found: { demuxer: string; mime: string },
): Promise<InlineMedia> {
  const id = newId()
  const key = originalKey(caller.institutionId, id)
  await transaction((tx) => seeToQuota(tx, caller, bytes.length))
  await storage().put(key, { bytes }, { contentType: 'application/octet-stream' })
  try {
    await transaction(async (tx) => {
      await seeToQuota(tx, caller, bytes.length)
      await insert(tx, caller, {
        id,
        kind: 'sound',
        name,
        bytes: bytes.length,
        state: 'processing',
        width: null,
        height: null,
        key,
        probe: found,
      })
      const { institutionId, courseId, personId } = caller
      const data = { assetId: id, kind: 'sound' as const, bytes: bytes.length }
      await record(tx, { name: 'media.upload.finished', institutionId, courseId, personId, placementId: null, data })
    })
  } catch (error) {
    await storage()
      .remove(key)
      .catch(() => undefined)
    throw error
  }
  return inlineMediaOf(caller, id)
}

async function insert(tx: Tx, caller: Caller, it: Made): Promise<void> {
  const name = cleanFileName(it.name, it.kind === 'image' ? 'Picture' : 'Sound')
  await query(
    tx,
    `insert into assets (id, institution_id, course_id, kind, name, bytes, state, width, height, original_key, probe, findings, has_audio, created_by, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $4 = 'sound', $13, $14, $14)`,
    [
      ...[it.id, caller.institutionId, caller.courseId, it.kind, name, it.bytes, it.state, it.width, it.height, it.key],
      ...[it.probe === null ? null : JSON.stringify(it.probe), JSON.stringify(findingsInName(name)), caller.personId, now()],
    ],
  )
}

/** With an address for the caller's session. */
export async function inlineMediaOf(caller: Caller, assetId: string): Promise<InlineMedia> {
  const [row] = await queryAlone<Pick<InlineMedia, 'kind' | 'state' | 'width' | 'height'>>(
    `select kind, state, width, height from assets where id = $1 and course_id = $2 and kind in ('image', 'sound') and deleted_at is null`,
    [assetId, caller.courseId],
  )
  if (!row) throw new AppError('asset_not_found', 'This file is not here. It may have been deleted.')
  const { src, srcset } = inlineAddresses(caller, assetId, row.kind)
  return { assetId, ...row, url: row.state === 'ready' ? src : null, srcset: row.state === 'ready' ? srcset : null }
}
