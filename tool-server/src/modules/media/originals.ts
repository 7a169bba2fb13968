// The uploaded file once its renditions are made: deleted, or kept without its device and place data. Only that may be downloaded.
import { join } from 'node:path'
import { config } from '../../kernel/config.ts'
import { queryAlone } from '../../kernel/db.ts'
import { log } from '../../kernel/log.ts'
import { listener } from '../../kernel/module.ts'
import { storage } from '../../kernel/storage.ts'
import { demuxerOf } from './demuxer.ts'
import { cleanFileArguments, files } from './encode-arguments.ts'
import { ffmpeg, ToolFailed } from './ffmpeg.ts'
import { inJobFolder, lendSource } from './transcode/job-folder.ts'

export const keepOriginalListener = listener({
  name: 'media.keep-original',
  hears: ['media.asset.ready'],
  queue: 'heavy',
  ordered: true,
  batch: 1,
  retry: { firstSeconds: 5, capSeconds: 300, attempts: 20 },
  route: ({ data }) => ({ lane: data.assetId }),
  run: async (batch, { signal }) => {
    for (const { event } of batch) await settle(event.data.assetId, signal)
  },
})

async function settle(assetId: string, signal: AbortSignal): Promise<void> {
  const [asset] = await queryAlone<{ key: string }>(
    `select original_key key from assets where id = $1 and kind in ('video', 'audio') and state = 'ready' and original_key not like '%.clean' and deleted_at is null`,
    [assetId],
  )
  if (!asset) return
  if (!config().media.keepOriginal) return replace(assetId, asset.key, null)
  try {
    await inJobFolder(async (folder) => {
      await lendSource(asset.key, folder)
      const demuxer = demuxerOf(await head(asset.key))
      if (!demuxer) throw new ToolFailed('failed', 'its kind is not known')
      await ffmpeg(folder, cleanFileArguments(demuxer), signal, 'whenever')
      await storage().put(`${asset.key}.clean`, { file: join(folder, files.clean) }, { contentType: 'application/octet-stream' })
    })
  } catch (error) {
    if (!(error instanceof ToolFailed) || error.reason !== 'failed') throw error
    // It plays and may be encoded anew; it is not offered for download, since what is in it is not known.
    log.warn({ assetId }, 'an uploaded file could not be cleaned of its metadata')
    return
  }
  await replace(assetId, asset.key, `${asset.key}.clean`)
}

async function head(key: string): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of await storage().read(key, { start: 0, end: 1023 })) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** The row first: who reads meanwhile finds one or the other. */
async function replace(assetId: string, old: string, key: string | null): Promise<void> {
  const moved = await queryAlone(
    `update assets set original_key = $3, original_kept = $4, updated_at = now()
     where id = $1 and original_key = $2 and deleted_at is null returning id`,
    [assetId, old, key, key !== null],
  )
  if (moved.length > 0) await storage().remove(old)
  else if (key) await storage().remove(key)
}

export async function originalOf(assetId: string): Promise<{ key: string; name: string } | null> {
  const [row] = await queryAlone<{ key: string; name: string }>(
    `select original_key key, name from assets where id = $1 and original_key like '%.clean' and original_kept and deleted_at is null`,
    [assetId],
  )
  return row ?? null
}
