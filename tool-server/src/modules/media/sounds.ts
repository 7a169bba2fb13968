// A short sound of a question: made into AAC by a worker, without what else was in the file.
import { join } from 'node:path'
import { now } from '../../kernel/clock.ts'
import { transaction } from '../../kernel/db.ts'
import { record } from '../../kernel/events/outbox.ts'
import { listener } from '../../kernel/module.ts'
import { storage } from '../../kernel/storage.ts'
import { tellAsset } from './assets.ts'
import { files, soundFileArguments } from './encode-arguments.ts'
import { ffmpeg, ToolFailed } from './ffmpeg.ts'
import { longestSoundSeconds } from './inline-limits.ts'
import { AssetRow } from './media.models.ts'
import { failAsset } from './transcode/failing.ts'
import { inJobFolder, lendSource } from './transcode/job-folder.ts'

export const prepareSoundListener = listener({
  name: 'media.prepare-sound',
  hears: ['media.upload.finished'],
  queue: 'heavy',
  ordered: true,
  batch: 1,
  retry: { firstSeconds: 2, capSeconds: 60, attempts: 20 },
  route: ({ data }) => (data.kind === 'sound' ? { lane: data.assetId } : null),
  run: async (batch, { signal }) => {
    for (const { event } of batch) await prepare(event.data.assetId, signal)
  },
})

async function prepare(assetId: string, signal: AbortSignal): Promise<void> {
  const asset = await AssetRow.findOne({ where: { id: assetId, kind: 'sound', state: 'processing', deletedAt: null } })
  const key = asset?.originalKey
  if (!asset || !key) return
  const { demuxer = '' } = (asset.probe ?? {}) as { demuxer?: string }
  try {
    await inJobFolder(async (folder) => {
      await lendSource(key, folder)
      await ffmpeg(folder, soundFileArguments(demuxer, longestSoundSeconds), signal, 'soon')
      await storage().put(`sounds/${assetId}/sound.m4a`, { file: join(folder, files.soundFile) }, { contentType: 'audio/mp4' })
    })
  } catch (error) {
    if (!(error instanceof ToolFailed) || error.reason !== 'failed') throw error
    await failAsset(
      { assetId, generation: null },
      { code: 'media_unreadable', message: 'This sound cannot be read. Save it anew, as MP3 or M4A, then try again.' },
    )
    return
  }
  await transaction(async (tx) => {
    const ready = { state: 'ready', originalKey: null, updatedAt: now() } as const
    await AssetRow.update(ready, { where: { id: assetId, state: 'processing' }, transaction: tx })
    const { institutionId, courseId } = asset
    const scope = { institutionId, courseId, personId: null, placementId: null }
    await record(tx, { name: 'media.asset.ready', ...scope, data: { assetId, durationSeconds: 0 } })
    tellAsset(tx, assetId)
  })
  await storage().remove(key)
}
