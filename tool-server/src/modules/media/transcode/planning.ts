// An uploaded video is looked at and its encoding planned: what it is, whether it is taken, which renditions in which chunks.
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { query, queryAlone, transaction } from '../../../kernel/db.ts'
import { GiveUp, TryLater } from '../../../kernel/errors.ts'
import { type Delivery, listener } from '../../../kernel/module.ts'
import { isFull } from '../../../kernel/storage/keys.ts'
import { tellAsset } from '../assets.ts'
import { chunksOf, leadOf } from '../chunks.ts'
import { demuxerOf } from '../demuxer.ts'
import { files, probeArguments } from '../encode-arguments.ts'
import { ffprobe, ToolFailed, tools } from '../ffmpeg.ts'
import { ladderOf, ladderVersion, withoutCopy } from '../ladder.ts'
import { type Refusal, refusalOf } from '../limits.ts'
import { type Probe, type ProbeAnswer, perSecond, probeOf } from '../probe.ts'
import { mostThumbs } from '../storyboard.ts'
import { planNext } from './advancing.ts'
import { failAsset, gaveUp } from './failing.ts'
import { inJobFolder, lendSource } from './job-folder.ts'
import { keyFramesOf, mayCopy } from './make-copy.ts'
import { countChunks } from './publish.ts'
import { lockTranscode, type Plan, transcodeOf } from './rows.ts'

const retry = { firstSeconds: 2, capSeconds: 60, attempts: 200 }
type Asked = Delivery<'media.upload.finished' | 'media.transcode.requested'>

export const planTranscodeListener = listener({
  name: 'media.plan-transcode',
  hears: ['media.upload.finished', 'media.transcode.requested'],
  queue: 'heavy',
  ordered: true,
  batch: 1,
  retry,
  route: ({ data }) => ('kind' in data && data.kind !== 'video' && data.kind !== 'audio' ? null : { lane: data.assetId }),
  run: async (batch, { signal }) => {
    for (const delivery of batch as readonly Asked[]) await plan(delivery, signal)
  },
})

interface Asset {
  id: string
  bytes: number
  originalKey: string | null
}

async function plan({ event, attempt }: Asked, signal: AbortSignal): Promise<void> {
  const { assetId } = event.data
  const [asset] = await queryAlone<{ id: string; bytes: number; originalKey: string | null; [column: string]: unknown }>(
    `select id, bytes, original_key as "originalKey" from assets where id = $1 and deleted_at is null
     and (state = 'processing' or (state = 'ready' and $2))`,
    [assetId, event.name === 'media.transcode.requested'],
    'media.asset-to-plan',
  )
  if (!asset) return
  try {
    const refusal = await inJobFolder((folder) => lookAt(asset, event.id, folder, signal))
    if (refusal) await failAsset({ assetId, generation: null }, refusal)
  } catch (error) {
    if (signal.aborted) throw error
    if (isFull(error)) throw new TryLater('the disk is full: looking at a video waits for room', 5)
    if (attempt >= retry.attempts) {
      await failAsset({ assetId, generation: null }, gaveUp)
      throw new GiveUp(error instanceof Error ? error.message : String(error))
    }
    throw error
  }
}

const unreadable: Refusal = {
  code: 'media_unreadable',
  message:
    'This file cannot be read as a video or a sound recording: it is damaged, cut off, or something else. Export it as MP4 and upload that.',
}

async function lookAt(asset: Asset, eventId: string, folder: string, signal: AbortSignal): Promise<Refusal | null> {
  if (!asset.originalKey) return unreadable
  await lendSource(asset.originalKey, folder)
  const probe = await probed(folder, asset.bytes, signal)
  if (!probe) return unreadable
  const refusal = refusalOf(probe)
  if (refusal) return refusal
  const { toneMapping } = await tools()
  const ladder = ladderOf(probe)
  // An ffmpeg without the filters shows HDR a little pale, instead of not at all.
  const tentative = planOf(probe, { ...ladder, toneMap: ladder.toneMap && toneMapping })
  const generation = await begin(asset.id, eventId, tentative, ladder.copy === null)
  if (ladder.copy) await settle(asset.id, generation, tentative, folder, signal)
  return null
}

async function probed(folder: string, bytes: number, signal: AbortSignal): Promise<Probe | null> {
  const handle = await open(join(folder, files.source), 'r')
  const { buffer } = await handle.read(Buffer.alloc(1024), 0, 1024, 0).finally(() => handle.close())
  const demuxer = demuxerOf(buffer)
  if (!demuxer) return null
  try {
    return probeOf(JSON.parse(await ffprobe(folder, probeArguments(demuxer), signal)) as ProbeAnswer, demuxer, bytes)
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof ToolFailed && error.reason === 'failed')) return null
    throw error
  }
}

/** Of a video the length of its pictures: sound beyond them is left out. */
const lengthOf = ({ video, durationSeconds }: Probe): number => video?.durationSeconds ?? durationSeconds

function planOf(probe: Probe, ladder: Plan['ladder']): Plan {
  const chunks = chunksOf(lengthOf(probe), ladder)
  const [first] = chunks
  const gops = (lengthOf(probe) * perSecond(ladder.rate)) / ladder.gopFrames
  return {
    probe,
    ladder,
    chunks,
    lead: first && ladder.video.length > 0 ? leadOf(first, ladder) : null,
    thumbEveryGops: ladder.video.length > 0 ? Math.max(1, Math.ceil(gops / mostThumbs)) : null,
    copyFromSeconds: 0,
  }
}

/** Writes the plan, with all its chunks where it is `settled`, else with the lead alone. Once per event. */
async function begin(assetId: string, eventId: string, plan: Plan, settled: boolean): Promise<number> {
  return transaction(async (tx) => {
    await query(tx, 'select id from assets where id = $1 for update', [assetId], 'media.lock-asset')
    const [before] = await query<{ generation: number }>(tx, 'select generation from transcodes where event_id = $1', [eventId])
    if (before) return before.generation
    const [row] = await query<{ generation: number }>(
      tx,
      `insert into transcodes (asset_id, generation, event_id, state, ladder_version, plan, settled)
       values ($1, (select coalesce(max(generation), 0) + 1 from transcodes where asset_id = $1), $2, 'encoding', $3, $4::jsonb, $5) returning generation`,
      [assetId, eventId, ladderVersion, JSON.stringify(plan), settled],
    )
    const generation = row?.generation ?? 1
    // An attempt that an older event began is given up for this one.
    await query(
      tx,
      `update transcodes set state = 'cancelled', finished_at = now() where asset_id = $1 and generation < $2 and state = 'encoding'`,
      [assetId, generation],
    )
    const { video, audio } = plan.probe
    const [size] = [plan.ladder.copy, ...plan.ladder.video].filter((it) => it !== null)
    await query(
      tx,
      `update assets set probe = $2::jsonb, duration_seconds = $3, width = $4, height = $5, has_video = $6, has_audio = $7,
         failure_code = null, failure_message = null, updated_at = now() where id = $1`,
      [
        assetId,
        JSON.stringify(plan.probe),
        lengthOf(plan.probe),
        size?.width ?? null,
        size?.height ?? null,
        video !== null,
        audio !== null,
      ],
    )
    await insertChunks(tx, assetId, generation, settled ? rowsOf(plan) : rowsOf(plan).filter((it) => it.task === 'lead'))
    await proceed(tx, assetId, generation)
    return generation
  })
}

/** Whether the source's pictures are copied is known only when all its key frames were seen; the lead is encoded meanwhile. */
async function settle(assetId: string, generation: number, tentative: Plan, folder: string, signal: AbortSignal): Promise<void> {
  const transcode = await transcodeOf(assetId, generation)
  if (!transcode || transcode.settled || transcode.state !== 'encoding') return
  const keys = await keyFramesOf(folder, tentative.probe, signal)
  const plan = mayCopy(keys)
    ? { ...tentative, copyFromSeconds: keys.firstSeconds }
    : { ...tentative, ladder: withoutCopy(tentative.ladder) }
  await transaction(async (tx) => {
    const now = await lockTranscode(tx, assetId, generation)
    if (!now || now.settled || now.state !== 'encoding') return
    await query(tx, 'update transcodes set settled = true, plan = $3::jsonb where asset_id = $1 and generation = $2', [
      assetId,
      generation,
      JSON.stringify(plan),
    ])
    await insertChunks(tx, assetId, generation, rowsOf(plan))
    await proceed(tx, assetId, generation)
  })
}

interface NewRow {
  task: 'lead' | 'ladder' | 'copy' | 'finish'
  chunk: number
}

function rowsOf({ lead, chunks, ladder }: Plan): NewRow[] {
  return [
    ...(lead ? [{ task: 'lead' as const, chunk: 0 }] : []),
    ...chunks.map(({ index }) => ({ task: 'ladder' as const, chunk: index })),
    ...(ladder.copy ? [{ task: 'copy' as const, chunk: 0 }] : []),
    { task: 'finish', chunk: 0 },
  ]
}

type Tx = Parameters<typeof query>[0]

async function insertChunks(tx: Tx, assetId: string, generation: number, rows: readonly NewRow[]): Promise<void> {
  await query(
    tx,
    `insert into transcode_chunks (asset_id, generation, task, chunk) select $1, $2, * from unnest($3::text[], $4::int[]) on conflict do nothing`,
    [assetId, generation, rows.map((it) => it.task), rows.map((it) => it.chunk)],
  )
}

async function proceed(tx: Tx, assetId: string, generation: number): Promise<void> {
  const transcode = await lockTranscode(tx, assetId, generation)
  if (!transcode) return
  await planNext(tx, transcode)
  await countChunks(tx, assetId, generation)
  tellAsset(tx, assetId)
}
