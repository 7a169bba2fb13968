// Playlists as far as the renditions have come: a preview grows while the rest is encoded; and open pages are told.
import { query, queryAlone, type Tx, transaction } from '../../../kernel/db.ts'
import { storage } from '../../../kernel/storage.ts'
import { tellAsset } from '../assets.ts'
import { masterPlaylist, mediaPlaylist, type Variant } from '../master-playlist.ts'
import { perSecond } from '../probe.ts'
import { contentTypes, playedPrefix } from './keys.ts'
import { chunkRows, type Plan, type Transcode } from './rows.ts'
import { variantsOf } from './variants.ts'

/** Writes the playlists of what is there; nobody else does at the same time, so that an older one never follows a newer. */
export async function publishPreview(transcode: Transcode): Promise<void> {
  const { assetId, generation, plan, playedGeneration } = transcode
  // While an older generation is played, the new one is shown when it is whole.
  if (playedGeneration !== 0 && playedGeneration !== generation) return tellAsset(null, assetId)
  await transaction(async (tx) => {
    await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 14))', [assetId])
    const rows = await chunkRows(tx, assetId, generation)
    // Whoever finished it has written the final ones.
    if (rows.some((it) => it.task === 'finish' && it.done)) return
    const variants = variantsOf(plan, rows)
    if (variants.length === 0) return
    await putPlaylists(assetId, generation, plan, variants, false)
    await playable(tx, assetId, generation)
  })
  tellAsset(null, assetId)
}

export async function putPlaylists(
  assetId: string,
  generation: number,
  plan: Plan,
  variants: readonly Variant[],
  ended: boolean,
): Promise<void> {
  const prefix = playedPrefix(assetId, generation)
  const targetSeconds = plan.ladder.segmentFrames / perSecond(plan.ladder.rate)
  const put = (key: string, text: string) => storage().put(prefix + key, { bytes: Buffer.from(text) }, { contentType: contentTypes.m3u8 })
  for (const { name, parts } of variants) await put(`${name}/index.m3u8`, mediaPlaylist(parts, { targetSeconds, ended }))
  // Last: it names the others.
  await put('master.m3u8', masterPlaylist(variants))
}

async function playable(tx: Tx, assetId: string, generation: number): Promise<void> {
  await query(
    tx,
    `update assets set playable = true, generation = $2, updated_at = now()
     where id = $1 and state = 'processing' and generation in (0, $2) and not (playable and generation = $2)`,
    [assetId, generation],
    'media.playable',
  )
}

/** Tells pages that the state of an asset changed. */
export async function countChunks(tx: Tx, assetId: string, generation: number): Promise<void> {
  await query(
    tx,
    `update assets a set chunks_done = c.done, chunks_total = c.total, updated_at = now()
     from (select count(*) filter (where done)::int as done, count(*)::int as total from transcode_chunks where asset_id = $1 and generation = $2) c
     where a.id = $1`,
    [assetId, generation],
    'media.count-chunks',
  )
}

/** Of the asset as a person sees it: still to be encoded. */
export async function stillWanted(assetId: string, generation: number): Promise<boolean> {
  const rows = await queryAlone(
    `select 1 from transcodes t join assets a on a.id = t.asset_id
     where t.asset_id = $1 and t.generation = $2 and t.state = 'encoding' and a.deleted_at is null and a.state in ('processing', 'ready')`,
    [assetId, generation],
    'media.still-wanted',
  )
  return rows.length > 0
}
