// Where tus puts bytes: straight under the asset's key. On disk the file grows; in S3 parts are put, and which there are stands in
// PostgreSQL, so that any process may take the next bytes.
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { DataStore, ERRORS, Upload } from '@tus/server'
import { AppError } from '../../kernel/errors.ts'
import { type GrowingFiles, type StorageParts, storage } from '../../kernel/storage.ts'
import { firstLook } from './first-look.ts'
import { noteReceived, openUploadAt, type Parts, type UploadRow } from './upload-rows.ts'

const contentType = 'application/octet-stream'
/** S3 takes 10,000 parts, of at least 5 MiB. */
const partBytesOf = (length: number): number => Math.max(8 * 1_048_576, Math.ceil(length / 9000))
const tailKey = (assetId: string): string => `uploads/${assetId}/tail`

export class UploadStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload']

  override async create(upload: Upload): Promise<Upload> {
    await storage().growing?.begin(upload.id)
    return upload
  }

  override async getUpload(key: string): Promise<Upload> {
    const row = await rowAt(key)
    const { growing } = storage()
    // What the file has is the truth: a process may have ended before it noted it.
    const offset = growing ? ((await storage().stat(key))?.bytes ?? 0) : row.received
    return new Upload({ id: key, size: row.length, offset })
  }

  override async write(bytes: Readable, key: string, offset: number): Promise<number> {
    const row = await rowAt(key)
    const { growing, parts } = storage()
    const looked = offset === 0 ? lookedAt(bytes) : bytes
    if (growing) return grow(growing, row, looked, offset)
    if (parts) return putParts(parts, row, looked, offset)
    throw new Error('the storage takes no uploads')
  }
}

function lookedAt(bytes: Readable): Readable {
  const looked = firstLook()
  // Who reads hears of it; who has stopped reading must not bring the process down.
  looked.on('error', () => undefined)
  bytes.once('error', (error) => looked.destroy(error))
  return bytes.pipe(looked)
}

async function rowAt(key: string): Promise<UploadRow> {
  const row = await openUploadAt(key)
  if (!row) throw ERRORS.FILE_NOT_FOUND
  return row
}

async function grow(growing: GrowingFiles, row: UploadRow, bytes: Readable, offset: number): Promise<number> {
  try {
    await growing.append(row.key, offset, bytes)
  } finally {
    const received = (await storage().stat(row.key))?.bytes ?? 0
    await noteReceived(row.assetId, row.received, received)
  }
  return (await storage().stat(row.key))?.bytes ?? 0
}

/** Parts are put as they fill; what is left behind the last one waits under a key of its own for the next bytes. */
async function putParts(to: StorageParts, row: UploadRow, bytes: Readable, offset: number): Promise<number> {
  const { assetId, key, length } = row
  const parts: Parts = row.parts ?? { uploadId: await to.begin(key, { contentType }), etags: [], tail: 0 }
  let waiting: Uint8Array[] = parts.tail > 0 ? [(await buffer(await storage().read(tailKey(assetId)))).subarray(0, parts.tail)] : []
  let noted = offset
  const note = async (received: number) => {
    if (!(await noteReceived(assetId, noted, received, parts))) throw ERRORS.INVALID_OFFSET
    noted = received
  }
  const putPart = async (received: number) => {
    const { etag } = await to.put(key, parts.uploadId, parts.etags.length + 1, Buffer.concat(waiting))
    parts.etags.push(etag)
    parts.tail = 0
    waiting = []
    await note(received)
  }
  if (!row.parts) await note(offset)
  let [received, size, broken] = [offset, parts.tail, undefined as unknown]
  const source = (bytes as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  for (;;) {
    const step = await source.next().catch((error: unknown) => {
      broken = error
      return { done: true as const, value: undefined }
    })
    if (step.done) break
    waiting.push(step.value)
    received += step.value.byteLength
    size += step.value.byteLength
    if (size < partBytesOf(length)) continue
    await putPart(received)
    size = 0
  }
  if (broken instanceof AppError) throw broken
  // A line that broke off: what has come stays.
  if (received === length && size > 0) await putPart(received)
  else if (received > noted) {
    await storage().put(tailKey(assetId), { bytes: Buffer.concat(waiting) }, { contentType })
    parts.tail = size
    await note(received)
  }
  if (broken) throw broken
  return received
}

/** In S3 the file is there once its parts are joined; may be asked again. */
export async function joinParts({ key, parts }: UploadRow): Promise<void> {
  if (parts && !(await storage().stat(key))) await storage().parts?.end(key, parts.uploadId, parts.etags)
}

/** Takes away what an upload left, wherever it stands. */
export async function dropBytes(row: { assetId: string; key: string; parts: Parts | null }): Promise<void> {
  if (row.parts) await storage().parts?.drop(row.key, row.parts.uploadId)
  await storage().remove(tailKey(row.assetId))
  await storage().remove(row.key)
}
