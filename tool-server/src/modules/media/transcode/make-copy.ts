// The largest rendition where the source's own pictures may stand for it: one pass over the file, with the sound of all chunks.
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { storage } from '../../../kernel/storage.ts'
import { copiedTimescale, copyArguments, files, keyFrameArguments, outputName } from '../encode-arguments.ts'
import { ffmpeg, ffprobe } from '../ffmpeg.ts'
import { copiedKeySeconds } from '../ladder.ts'
import { type Probe, perSecond } from '../probe.ts'
import { playedPrefix, workPrefix } from './keys.ts'
import type { ChunkMade, Transcode } from './rows.ts'
import { storeSegments } from './segmenting.ts'

export interface KeyFrames {
  longestSeconds: number
  /** When the first picture is shown, from the beginning of the file. */
  firstSeconds: number
}

/** Reads the whole file once; null where it begins in the middle of things. */
export async function keyFramesOf(folder: string, probe: Probe, signal: AbortSignal): Promise<KeyFrames | null> {
  let first: number | undefined
  let lowest = Number.POSITIVE_INFINITY
  let last = 0
  let previous: number | undefined
  let longest = 0
  let start = 0
  await ffprobe(folder, keyFrameArguments(probe), signal, (line) => {
    const [what, value, flags = ''] = line.trim().split(',')
    const at = Number(value)
    if (!Number.isFinite(at)) return
    if (what === 'format') start = at
    if (what !== 'packet') return
    first ??= flags.startsWith('K') ? at : Number.NaN
    lowest = Math.min(lowest, at)
    last = Math.max(last, at)
    if (!flags.startsWith('K')) return
    if (previous !== undefined) longest = Math.max(longest, at - previous)
    previous = at
  })
  if (first === undefined || Number.isNaN(first) || previous === undefined || lowest < first - 0.001) return null
  const frame = probe.video ? 1 / perSecond(probe.video.rate) : 0
  return { longestSeconds: Math.max(longest, last + frame - previous), firstSeconds: Math.max(0, first - start) }
}

export const mayCopy = (keys: KeyFrames | null): keys is KeyFrames =>
  keys !== null && keys.longestSeconds <= copiedKeySeconds && keys.firstSeconds < 1

export async function makeCopy({
  transcode,
  folder,
  signal,
}: {
  transcode: Transcode
  folder: string
  signal: AbortSignal
}): Promise<ChunkMade> {
  const { plan, assetId, generation } = transcode
  const { copy, audio, segmentFrames, rate } = plan.ladder
  if (!copy) throw new Error('nothing is to be copied')
  if (audio) {
    const all = createWriteStream(join(folder, files.sound))
    for (const { index } of plan.chunks)
      await pipeline(await storage().read(`${workPrefix(assetId, generation)}sound-${index}.aac`), all, { end: false, signal })
    await new Promise<void>((done, failed) => all.once('error', failed).end(done))
  }
  await ffmpeg(folder, copyArguments(plan.probe, audio ? files.sound : null), signal, 'whenever')
  const placing = {
    prefix: `${playedPrefix(assetId, generation)}${copy.name}/`,
    firstSegment: 0,
    segmentSeconds: segmentFrames / perSecond(rate),
    offsets: { video: Math.round(plan.copyFromSeconds * copiedTimescale), audio: 0 },
  }
  const made = await storeSegments(join(folder, outputName('copy')), placing, signal)
  return { renditions: made ? { [copy.name]: made } : {}, peaks: null, thumbs: null }
}
