// The listener that makes one chunk, whichever it is; what can go wrong, and what then.
import { transaction } from '../../../kernel/db.ts'
import { GiveUp, TryLater } from '../../../kernel/errors.ts'
import { log } from '../../../kernel/log.ts'
import { type Delivery, listener } from '../../../kernel/module.ts'
import { isFull } from '../../../kernel/storage/keys.ts'
import { ToolFailed } from '../ffmpeg.ts'
import type { Refusal } from '../limits.ts'
import { perSecond } from '../probe.ts'
import { planNext } from './advancing.ts'
import { cutOff, damaged, failAsset, gaveUp, workerDied } from './failing.ts'
import { finish } from './finishing.ts'
import { inJobFolder, lendSource } from './job-folder.ts'
import { makeLadder, makeLead } from './make-chunk.ts'
import { makeCopy } from './make-copy.ts'
import { countChunks, publishPreview, stillWanted } from './publish.ts'
import {
  beginChunk,
  type ChunkKey,
  type ChunkMade,
  endChunk,
  leaveChunk,
  lockTranscode,
  type Transcode,
  transcodeOf,
  waitsFor,
} from './rows.ts'

const retry = { firstSeconds: 2, capSeconds: 60, attempts: 200 }
/** A file that ends the encoder does so every time; a machine without memory, sometimes. */
const triesOfDamaged = 3
const crashesForgiven = 8
const lookEveryMs = 2000
const fullSeconds = 5

export const encodeChunkListener = listener({
  name: 'media.encode-chunk',
  hears: ['media.chunk.planned'],
  queue: 'heavy',
  // A lane each: chunks of one video are encoded side by side.
  ordered: false,
  batch: 1,
  retry,
  route: ({ data }) => ({ lane: `${data.assetId}/${data.generation}/${data.task}/${data.chunk}` }),
  run: async (batch, { signal }) => {
    for (const delivery of batch as readonly Delivery<'media.chunk.planned'>[]) await encode(delivery, signal)
  },
})

async function encode({ event, attempt }: Delivery<'media.chunk.planned'>, signal: AbortSignal): Promise<void> {
  const key = event.data
  const transcode = await transcodeOf(key.assetId, key.generation)
  if (!transcode?.wanted || transcode.state !== 'encoding') return
  const begun = await beginChunk(key)
  // Made already, by a worker that did not come to tell: what follows it may still be missing.
  if (!begun) return publishPreview(transcode)
  if (begun.crashes > crashesForgiven) return failAsset(key, workerDied)
  try {
    await make(transcode, key, signal)
  } catch (error) {
    if (signal.aborted && !(error instanceof NotWanted)) throw error
    await leaveChunk(key)
    await judge(error, transcode, key, attempt)
  }
}

class NotWanted extends Error {}

async function make(transcode: Transcode, key: ChunkKey, signal: AbortSignal): Promise<void> {
  const unwanted = new AbortController()
  const look = setInterval(() => {
    stillWanted(key.assetId, key.generation).then(
      (wanted) => wanted || unwanted.abort(new NotWanted('nobody wants it any more')),
      () => undefined,
    )
  }, lookEveryMs)
  const either = AbortSignal.any([signal, unwanted.signal])
  try {
    if (key.task === 'finish') await finish(transcode, either)
    else await makeAndKeep(transcode, key, either)
  } catch (error) {
    throw unwanted.signal.aborted && !signal.aborted ? unwanted.signal.reason : error
  } finally {
    clearInterval(look)
  }
}

async function makeAndKeep(transcode: Transcode, key: ChunkKey, signal: AbortSignal): Promise<void> {
  const made = await inJobFolder(async (folder) => {
    if (!transcode.originalKey) throw new Refused(damaged(0))
    await lendSource(transcode.originalKey, folder)
    const job = { transcode, folder, signal }
    if (key.task === 'lead') return makeLead(job)
    return key.task === 'copy' ? makeCopy(job) : makeLadder(job, key.chunk)
  })
  const refusal = incomplete(transcode, key, made)
  if (refusal) throw new Refused(refusal)
  signal.throwIfAborted()
  await transaction(async (tx) => {
    const now = await lockTranscode(tx, key.assetId, key.generation)
    if (now?.state !== 'encoding' || !(await endChunk(tx, key, made))) return
    // Before it is settled only the lead is known: its planner goes on.
    if (now.settled) await planNext(tx, now)
    await countChunks(tx, key.assetId, key.generation)
  })
  await waitsFor(key.assetId, key.generation, null)
  await publishPreview(transcode)
}

class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** The file ended before it said that it would. */
function incomplete({ plan }: Transcode, { task, chunk }: ChunkKey, made: ChunkMade): Refusal | null {
  const planned = task === 'lead' ? plan.lead : task === 'ladder' ? plan.chunks[chunk] : undefined
  const { video } = plan.ladder
  // Sound is filled up with silence; of pictures the largest tells.
  const [judged] = task === 'lead' ? video.slice(-1) : video
  if (!planned || !judged) return null
  const led = task === 'ladder' && chunk === 0 && video.length === 1 ? (plan.lead?.aboutSeconds ?? 0) : 0
  const seconds = led + (made.renditions[judged.name]?.segments ?? []).reduce((sum, it) => sum + it.seconds, 0)
  const slack = planned.frames === null ? Math.max(2, planned.aboutSeconds / 4) : 2 / perSecond(plan.ladder.rate)
  if (seconds > 0 && seconds >= planned.aboutSeconds - slack) return null
  const says = plan.probe.video?.durationSeconds ?? plan.probe.durationSeconds
  const at = planned.fromSeconds + seconds
  return at > 0 ? cutOff(at, says) : damaged(0)
}

/** Throws for another try; returns where the transcode has ended. */
async function judge(error: unknown, transcode: Transcode, key: ChunkKey, attempt: number): Promise<void> {
  if (error instanceof NotWanted) return
  if (error instanceof Refused) return failAsset(key, error.refusal)
  if (isFull(error) || (error instanceof ToolFailed && error.reason === 'full')) {
    await waitsFor(key.assetId, key.generation, 'room')
    throw new TryLater('the disk is full: encoding waits for room', fullSeconds)
  }
  const media = error instanceof ToolFailed && error.reason === 'failed'
  if (media)
    log.warn({ asset: key.assetId, task: key.task, chunk: key.chunk, words: error.words.slice(-1000) }, 'ffmpeg ended with an error')
  if (media && attempt >= triesOfDamaged) {
    const chunk = key.task === 'ladder' ? transcode.plan.chunks[key.chunk] : undefined
    return failAsset(key, damaged(chunk?.fromSeconds ?? 0))
  }
  if (attempt < retry.attempts) throw error
  await failAsset(key, gaveUp)
  throw new GiveUp(error instanceof Error ? error.message : String(error))
}
