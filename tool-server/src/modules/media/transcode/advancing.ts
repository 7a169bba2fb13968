// What comes after a chunk: the next ones, the copy, the end. A few chunks of one video are due at a time, so that videos that were
// uploaded together take turns.
import { query, type Tx } from '../../../kernel/db.ts'
import { recordAll } from '../../../kernel/events/outbox.ts'
import type { ChunkKey, ChunkRow, Transcode } from './rows.ts'
import { chunkRows } from './rows.ts'

const dueAtOnce = 4

/** Records the events of what may be done now; the caller holds the transcode's lock. */
export async function planNext(tx: Tx, transcode: Transcode): Promise<void> {
  const rows = await chunkRows(tx, transcode.assetId, transcode.generation)
  const next = nextOf(rows)
  if (next.length === 0) return
  await query(
    tx,
    `update transcode_chunks c set planned = true from unnest($3::text[], $4::int[]) as n (task, chunk)
     where c.asset_id = $1 and c.generation = $2 and c.task = n.task and c.chunk = n.chunk`,
    [transcode.assetId, transcode.generation, next.map((it) => it.task), next.map((it) => it.chunk)],
    'media.plan-chunks',
  )
  const { institutionId, courseId, assetId, generation } = transcode
  const scope = { institutionId, courseId, personId: null, placementId: null }
  await recordAll(
    tx,
    next.map(({ task, chunk }) => ({ name: 'media.chunk.planned' as const, ...scope, data: { assetId, generation, task, chunk } })),
  )
}

/** PURE: which rows may be planned now. The lead, so that there is something to play soon, and the ladder beside it; the copy, which needs all their sound; the end. */
export function nextOf(rows: readonly Pick<ChunkRow, 'task' | 'chunk' | 'planned' | 'done'>[]): Pick<ChunkKey, 'task' | 'chunk'>[] {
  const under = rows.filter((it) => it.planned && !it.done).length
  const of = (...tasks: string[]) => rows.filter((it) => tasks.includes(it.task))
  const unplanned = of('lead', 'ladder').filter((it) => !it.planned)
  if (unplanned.length > 0) return unplanned.slice(0, Math.max(0, dueAtOnce - under))
  if (of('lead', 'ladder').some((it) => !it.done)) return []
  const copies = of('copy').filter((it) => !it.planned)
  if (copies.length > 0) return copies
  if (of('copy').some((it) => !it.done)) return []
  return of('finish').filter((it) => !it.planned)
}
