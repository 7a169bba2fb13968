// Encodes one chunk, of the lead or of the whole ladder, and puts what it gave into the storage.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { storage } from '../../../kernel/storage.ts'
import type { Chunk } from '../chunks.ts'
import { files, type Output, outputName, timescaleOf, videoArguments } from '../encode-arguments.ts'
import { ffmpeg } from '../ffmpeg.ts'
import type { VideoRendition } from '../ladder.ts'
import { perSecond } from '../probe.ts'
import { contentTypes, playedPrefix, workPrefix } from './keys.ts'
import type { ChunkMade, Made, Plan, Transcode } from './rows.ts'
import { storeSegments } from './segmenting.ts'
import { encodeSound, type Sound, writeSound } from './sound.ts'
import { soundRendition } from './variants.ts'

interface Job {
  transcode: Transcode
  folder: string
  signal: AbortSignal
}

/** The beginning of the smallest rendition, by itself and before all others; with the poster. */
export function makeLead(job: Job): Promise<ChunkMade> {
  const { plan } = job.transcode
  const [smallest] = plan.ladder.video.slice(-1)
  if (!plan.lead || !smallest) throw new Error('this transcode has no lead')
  return make(job, plan.lead, [{ rendition: smallest, skipSegments: 0 }], { poster: true, whole: false })
}

/** A chunk of every rendition, decoded once. */
export function makeLadder(job: Job, index: number): Promise<ChunkMade> {
  const { plan } = job.transcode
  const chunk = plan.chunks[index]
  if (!chunk) throw new Error('this transcode has no such chunk')
  const { video } = plan.ladder
  // The lead made the beginning of the smallest one.
  const led = index === 0 && plan.lead ? (plan.lead.frames ?? 0) / plan.ladder.segmentFrames : 0
  const wanted = video.map((rendition, at) => ({ rendition, skipSegments: at === video.length - 1 ? led : 0 }))
  return make(job, chunk, wanted, { poster: index === 0 && !plan.lead, whole: true })
}

type Wanted = { rendition: VideoRendition; skipSegments: number }

async function make(job: Job, chunk: Chunk, wanted: readonly Wanted[], also: { poster: boolean; whole: boolean }): Promise<ChunkMade> {
  const { transcode, folder, signal } = job
  const { plan, assetId, generation } = transcode
  const { probe, ladder } = plan
  const priority = also.whole ? 'whenever' : 'soon'
  const sound = ladder.audio ? await encodeSound({ folder, probe, audio: ladder.audio, chunk, signal, priority }) : null
  const segmentSeconds = ladder.segmentFrames / perSecond(ladder.rate)
  const outputs: (Output & { soundFirst: number; skipSegments: number })[] = []
  for (const { rendition, skipSegments } of wanted) {
    const cut = sound
      ? await writeSound(folder, `sound-${skipSegments}.aac`, sound, chunk.fromSeconds + skipSegments * segmentSeconds)
      : null
    const skipFrames = skipSegments * ladder.segmentFrames
    outputs.push({ rendition, skipFrames, skipSegments, sound: cut?.name ?? null, soundFirst: cut?.first ?? 0 })
  }
  const whole = sound && also.whole ? await writeSound(folder, 'sound-0.aac', sound, chunk.fromSeconds) : null
  const thumbs = also.whole ? thumbsOf(plan, chunk) : null
  const poster = also.poster && probe.video !== null
  await ffmpeg(
    folder,
    videoArguments({ probe, ladder, chunk, outputs, soundOnly: whole?.name ?? null, poster, thumbs, alone: !also.whole }),
    signal,
    priority,
  )

  const { frameTicks } = timescaleOf(ladder.rate)
  const prefix = playedPrefix(assetId, generation)
  const renditions: Record<string, Made> = {}
  const keep = async (name: string, skipSegments: number, soundFirst: number) => {
    const made = await storeSegments(
      join(folder, outputName(name)),
      {
        prefix: `${prefix}${name}/`,
        firstSegment: chunk.firstSegment + skipSegments,
        segmentSeconds,
        offsets: { video: (chunk.firstFrame + skipSegments * ladder.segmentFrames) * frameTicks, audio: soundFirst * 1024 },
      },
      signal,
    )
    if (made) renditions[name] = made
  }
  for (const { rendition, skipSegments, soundFirst } of outputs) await keep(rendition.name, skipSegments, soundFirst)
  if (whole) await keep(soundRendition, 0, whole.first)
  if (poster) await storage().put(`${prefix}poster.jpg`, { file: join(folder, files.poster) }, { contentType: contentTypes.jpg })
  const kept = thumbs ? await keepThumbs(job, thumbs.first) : 0
  if (sound && also.whole && ladder.copy) await keepSound(transcode, chunk, sound)
  return { renditions, peaks: also.whole ? (sound?.peaks ?? null) : null, thumbs: thumbs ? { first: thumbs.first, count: kept } : null }
}

function thumbsOf({ thumbEveryGops, ladder }: Plan, chunk: Chunk): { first: number; firstFrame: number; everyFrames: number } | null {
  if (thumbEveryGops === null || ladder.video.length === 0) return null
  const everyFrames = thumbEveryGops * ladder.gopFrames
  const first = Math.ceil(chunk.firstFrame / everyFrames)
  const firstFrame = first * everyFrames - chunk.firstFrame
  return chunk.frames !== null && firstFrame >= chunk.frames ? null : { first, firstFrame, everyFrames }
}

/** As many as there are: the last chunk ends where the file ends. */
async function keepThumbs({ transcode, folder }: Job, first: number): Promise<number> {
  const { assetId, generation } = transcode
  for (let count = 0; ; count++) {
    const bytes = await readFile(join(folder, files.thumb.replace('%d', String(count + 1)))).catch(() => null)
    if (!bytes) return count
    await storage().put(`${workPrefix(assetId, generation)}thumb-${first + count}.jpg`, { bytes }, { contentType: contentTypes.jpg })
  }
}

/** For the copied rendition, which gets all of the sound at once. */
async function keepSound({ assetId, generation }: Transcode, chunk: Chunk, sound: Sound): Promise<void> {
  await storage().put(
    `${workPrefix(assetId, generation)}sound-${chunk.index}.aac`,
    { bytes: sound.bytes },
    { contentType: contentTypes.aac },
  )
}
