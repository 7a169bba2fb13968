// A transcode and its chunks as they stand in the database: one statement each.
import { query, queryAlone, type Tx } from '../../../kernel/db.ts'
import type { Chunk } from '../chunks.ts'
import type { Ladder } from '../ladder.ts'
import type { Segment } from '../master-playlist.ts'
import type { Probe } from '../probe.ts'

export type Task = 'lead' | 'ladder' | 'copy' | 'finish'

/** What is to be made; kept, so that every chunk is made by the same plan. */
export interface Plan {
  probe: Probe
  ladder: Ladder
  lead: Chunk | null
  chunks: Chunk[]
  /** How many segments of the grid one small picture stands for, in key-frame distances; null without pictures. */
  thumbEveryGops: number | null
  /** Of the copied rendition: when its first picture is shown. */
  copyFromSeconds: number
}

/** What one chunk gave to a rendition. */
export interface Made {
  init: string
  codecs: string[]
  segments: Segment[]
}

export interface ChunkMade {
  renditions: Record<string, Made>
  /** Loudness from 0 to 100, ten a second; `from` is the number of the first in the whole. */
  peaks: { from: number; values: number[] } | null
  /** Numbers of the small pictures that it made. */
  thumbs: { first: number; count: number } | null
}

export interface Transcode {
  assetId: string
  generation: number
  institutionId: string
  courseId: string
  state: 'encoding' | 'done' | 'replaced' | 'failed' | 'cancelled'
  plan: Plan
  settled: boolean
  originalKey: string | null
  /** The asset is still wanted: not deleted, cancelled or failed. */
  wanted: boolean
  /** What is played now; 0 = nothing. */
  playedGeneration: number
}

const transcodeSql = `
select t.asset_id as "assetId", t.generation, a.institution_id as "institutionId", a.course_id as "courseId", t.state, t.plan, t.settled,
  a.original_key as "originalKey", a.deleted_at is null and a.state in ('processing', 'ready') as wanted, a.generation as "playedGeneration"
from transcodes t join assets a on a.id = t.asset_id
where t.asset_id = $1 and t.generation = $2`

export async function transcodeOf(assetId: string, generation: number): Promise<Transcode | undefined> {
  const [row] = await queryAlone<Transcode & Columns>(transcodeSql, [assetId, generation], 'media.transcode')
  return row
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockTranscode(tx: Tx, assetId: string, generation: number): Promise<Transcode | undefined> {
  const [row] = await query<Transcode & Columns>(tx, `${transcodeSql} for update of t`, [assetId, generation], 'media.lock-transcode')
  return row
}

export interface ChunkRow {
  task: Task
  chunk: number
  planned: boolean
  done: boolean
  crashes: number
  made: ChunkMade | null
}
type Columns = { [column: string]: unknown }

/** In the order in which they are made. */
export function chunkRows(tx: Tx | null, assetId: string, generation: number): Promise<ChunkRow[]> {
  const sql = `select task, chunk, planned, done, crashes, made from transcode_chunks where asset_id = $1 and generation = $2
    order by array_position(array['lead', 'ladder', 'copy', 'finish'], task), chunk`
  const values = [assetId, generation]
  return tx ? query<ChunkRow & Columns>(tx, sql, values, 'media.chunks') : queryAlone<ChunkRow & Columns>(sql, values, 'media.chunks')
}

export interface ChunkKey {
  assetId: string
  generation: number
  task: Task
  chunk: number
}
const keyOf = (it: ChunkKey): unknown[] => [it.assetId, it.generation, it.task, it.chunk]
const isIt = 'asset_id = $1 and generation = $2 and task = $3 and chunk = $4'

/** Counts a beginning; answers with how many had no end, or null where the chunk is done or not there. */
export async function beginChunk(key: ChunkKey): Promise<{ crashes: number } | null> {
  const sql = `update transcode_chunks set crashes = crashes + 1, begun_at = now() where ${isIt} and not done returning crashes`
  const [row] = await queryAlone<{ crashes: number }>(sql, keyOf(key), 'media.begin-chunk')
  return row ?? null
}

/** It ended, well or not: no worker died of it. */
export async function leaveChunk(key: ChunkKey): Promise<void> {
  await queryAlone(`update transcode_chunks set crashes = greatest(0, crashes - 1) where ${isIt}`, keyOf(key), 'media.leave-chunk')
}

/** false where it was done already. */
export async function endChunk(tx: Tx, key: ChunkKey, made: ChunkMade | null): Promise<boolean> {
  const sql = `update transcode_chunks set done = true, crashes = 0, made = $5::jsonb, done_at = now() where ${isIt} and not done returning chunk`
  return (await query(tx, sql, [...keyOf(key), JSON.stringify(made)], 'media.end-chunk')).length > 0
}

export async function waitsFor(assetId: string, generation: number, what: string | null): Promise<void> {
  await queryAlone(
    'update transcodes set waits_for = $3 where asset_id = $1 and generation = $2 and waits_for is distinct from $3',
    [assetId, generation, what],
    'media.waits-for',
  )
}
