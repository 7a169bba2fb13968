// What became of a video, as somebody sees it who looks from outside.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { queryAlone } from '../../src/kernel/db.ts'
import { type MediaRoom, settled } from '../../tests/_videos.ts'

const patienceMs = 90_000

/** Waits for its end; answers with the segments of all renditions. Throws where it is not ready. */
export async function segmentsOf(room: MediaRoom, id: string): Promise<string[]> {
  const asset = await settled(id, patienceMs)
  if (asset.state !== 'ready') throw new Error(`the video is ${asset.state}: ${asset.failure_code ?? 'nothing is said'}`)
  const folder = join(room.dataDir, 'files/renditions', id, String(asset.generation))
  const master = await readFile(join(folder, 'master.m3u8'), 'utf8')
  const names = master.split('\n').filter((line) => line.endsWith('/index.m3u8'))
  const all: string[] = []
  for (const name of names) {
    const playlist = await readFile(join(folder, name), 'utf8')
    if (!playlist.includes('#EXT-X-ENDLIST')) all.push(`${name} has no end`)
    for (const segment of playlist.split('\n').filter((line) => line.endsWith('.m4s'))) {
      await readFile(join(folder, name, '..', segment))
      all.push(`${name} ${segment}`)
    }
  }
  return all
}

/** How often chunks of it were begun beyond once each. */
export async function redone(id: string): Promise<number> {
  const [row] = await queryAlone<{ times: number }>(
    `select coalesce(sum(d.attempts - 1), 0)::int as times from deliveries d join events e on e.id = d.event_id
     where d.listener = 'media.encode-chunk' and e.data ->> 'assetId' = $1`,
    [id],
  )
  return row?.times ?? 0
}

/** Chunks in work: begun, not done. */
export async function underWay(id: string): Promise<{ key: string; begunAt: Date }[]> {
  return queryAlone<{ key: string; begunAt: Date; [column: string]: unknown }>(
    `select task || ' ' || chunk as key, begun_at as "begunAt" from transcode_chunks where asset_id = $1 and begun_at is not null and not done`,
    [id],
  )
}

/** When chunks were begun last. */
export async function begun(id: string): Promise<Map<string, Date>> {
  const rows = await queryAlone<{ key: string; begunAt: Date }>(
    `select task || ' ' || chunk as key, begun_at as "begunAt" from transcode_chunks where asset_id = $1 and begun_at is not null`,
    [id],
  )
  return new Map(rows.map((it) => [it.key, it.begunAt]))
}
