// A file of this machine as an asset of a course, as if it had been uploaded: for what the product itself brings along.
import { stat } from 'node:fs/promises'
import type { Caller } from '@cuepoint/contracts'
import { newId, now } from '../../kernel/clock.ts'
import { transaction } from '../../kernel/db.ts'
import { record } from '../../kernel/events/outbox.ts'
import { storage } from '../../kernel/storage.ts'
import { AssetRow } from './media.models.ts'

/** Answers with the asset's id; its encoding begins with the commit. */
export async function addFile(
  caller: Pick<Caller, 'institutionId' | 'courseId' | 'personId'>,
  name: string,
  file: string,
): Promise<string> {
  const { institutionId, courseId, personId } = caller
  const id = newId()
  const originalKey = `originals/${institutionId}/${id}`
  const { size } = await stat(file)
  await storage().put(originalKey, { file }, { contentType: 'application/octet-stream' })
  await transaction(async (tx) => {
    const at = now()
    const whose = { id, institutionId, courseId, createdBy: personId, createdAt: at, updatedAt: at }
    await AssetRow.create(
      { ...whose, kind: 'video', name, bytes: size, state: 'processing', originalKey, originalKept: true },
      { transaction: tx },
    )
    const scope = { institutionId, courseId, personId, placementId: null }
    await record(tx, { name: 'media.upload.finished', ...scope, data: { assetId: id, kind: 'video', bytes: size } })
  })
  return id
}
