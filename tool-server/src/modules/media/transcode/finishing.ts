// The end of a transcode: final playlists, storyboard and waveform; then it is what is played, and the older generation retires.
import { query, type Tx, transaction } from '../../../kernel/db.ts'
import { record } from '../../../kernel/events/outbox.ts'
import { storage } from '../../../kernel/storage.ts'
import { tellAsset } from '../assets.ts'
import { measuredOf, type Variant } from '../master-playlist.ts'
import { perSecond } from '../probe.ts'
import { sheetOf, storyboardVtt } from '../storyboard.ts'
import { joinedPeaks, peaksPerSecond } from '../waveform.ts'
import { contentTypes, playedPrefix, workPrefix } from './keys.ts'
import { countChunks, putPlaylists } from './publish.ts'
import { type ChunkRow, chunkRows, endChunk, lockTranscode, type Transcode } from './rows.ts'
import { variantsOf } from './variants.ts'

export async function finish(transcode: Transcode, signal: AbortSignal): Promise<void> {
  const { assetId, generation, plan } = transcode
  const rows = await chunkRows(null, assetId, generation)
  const variants = variantsOf(plan, rows)
  const seconds = Math.max(0, ...variants.map((it) => measuredOf(it.parts).seconds))
  await makeStoryboard(transcode, rows, seconds)
  await makeWaveform(transcode, rows, seconds)
  signal.throwIfAborted()
  await transaction(async (tx) => {
    // The same lock as the preview's: the last playlists are these.
    await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 14))', [assetId])
    const now = await lockTranscode(tx, assetId, generation)
    if (now?.state !== 'encoding') return
    await putPlaylists(assetId, generation, plan, variants, true)
    await endChunk(tx, { assetId, generation, task: 'finish', chunk: 0 }, null)
    await keepRenditions(tx, transcode, variants)
    await countChunks(tx, assetId, generation)
    await retire(tx, transcode, seconds)
    const scope = { institutionId: transcode.institutionId, courseId: transcode.courseId, personId: null, placementId: null }
    await record(tx, { name: 'media.asset.ready', ...scope, data: { assetId, durationSeconds: seconds } })
    tellAsset(tx, assetId)
  })
  await tidy(transcode, variants)
}

async function makeStoryboard({ assetId, generation, plan }: Transcode, rows: readonly ChunkRow[], seconds: number): Promise<void> {
  if (plan.thumbEveryGops === null) return
  const numbers = rows.flatMap((it) =>
    it.made?.thumbs ? Array.from({ length: it.made.thumbs.count }, (_, at) => (it.made?.thumbs?.first ?? 0) + at) : [],
  )
  const thumbs: Buffer[] = []
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const bytes: Buffer[] = []
    for await (const part of await storage().read(`${workPrefix(assetId, generation)}thumb-${number}.jpg`)) bytes.push(part as Buffer)
    thumbs.push(Buffer.concat(bytes))
  }
  const sheet = await sheetOf(thumbs)
  if (!sheet) return
  const every = (plan.thumbEveryGops * plan.ladder.gopFrames) / perSecond(plan.ladder.rate)
  const vtt = storyboardVtt(thumbs.length, every, seconds, sheet, 'storyboard.jpg')
  const prefix = playedPrefix(assetId, generation)
  await storage().put(`${prefix}storyboard.jpg`, { bytes: sheet.jpeg }, { contentType: contentTypes.jpg })
  await storage().put(`${prefix}storyboard.vtt`, { bytes: Buffer.from(vtt) }, { contentType: contentTypes.vtt })
}

async function makeWaveform({ assetId, generation, plan }: Transcode, rows: readonly ChunkRow[], seconds: number): Promise<void> {
  if (!plan.ladder.audio) return
  const pieces = rows.flatMap((it) => it.made?.peaks ?? [])
  const waveform = { peaksPerSecond, peaks: joinedPeaks(pieces, seconds) }
  const bytes = Buffer.from(JSON.stringify(waveform))
  await storage().put(`${playedPrefix(assetId, generation)}waveform.json`, { bytes }, { contentType: contentTypes.json })
}

async function keepRenditions(tx: Tx, { assetId, generation, plan }: Transcode, variants: readonly Variant[]): Promise<void> {
  const measured = variants.map((it) => measuredOf(it.parts))
  await query(
    tx,
    `insert into renditions (asset_id, generation, name, width, height, copied, codecs, bytes, duration_seconds, bandwidth, average_bandwidth)
     select $1, $2, * from unnest($3::text[], $4::int[], $5::int[], $6::boolean[], $7::text[], $8::bigint[], $9::float8[], $10::int[], $11::int[])
     on conflict do nothing`,
    [
      assetId,
      generation,
      variants.map((it) => it.name),
      variants.map((it) => it.size?.width ?? null),
      variants.map((it) => it.size?.height ?? null),
      variants.map((it) => it.name === plan.ladder.copy?.name),
      variants.map((it) => it.codecs.join(',')),
      measured.map((it) => it.bytes),
      measured.map((it) => it.seconds),
      measured.map((it) => it.peak),
      measured.map((it) => it.average),
    ],
  )
}

/** This generation is played from now on. Pages that play the older one go on doing so: its files are swept out later. */
async function retire(tx: Tx, { assetId, generation }: Transcode, seconds: number): Promise<void> {
  await query(tx, "update transcodes set state = 'done', finished_at = now(), waits_for = null where asset_id = $1 and generation = $2", [
    assetId,
    generation,
  ])
  await query(
    tx,
    "update transcodes set state = 'replaced', finished_at = now() where asset_id = $1 and generation < $2 and state in ('done', 'encoding')",
    [assetId, generation],
  )
  await query(
    tx,
    `update assets set state = 'ready', generation = $2, playable = true, duration_seconds = $3, updated_at = now()
     where id = $1 and state in ('processing', 'ready')`,
    [assetId, generation, seconds],
  )
}

/** What is not needed any more, and what a killed worker left that nobody names. */
async function tidy({ assetId, generation }: Transcode, variants: readonly Variant[]): Promise<void> {
  await storage().removeAll(workPrefix(assetId, generation))
  const prefix = playedPrefix(assetId, generation)
  const named = new Set(
    variants.flatMap(({ name, parts }) =>
      parts.flatMap((part) => [part.init, ...part.segments.map((it) => it.name)]).map((it) => `${prefix}${name}/${it}`),
    ),
  )
  for (const key of await storage().list(prefix)) if (/\.(m4s|mp4)$/.test(key) && !named.has(key)) await storage().remove(key)
}
