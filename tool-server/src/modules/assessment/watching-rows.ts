// How far an attempt's video was watched, read and written by raw SQL. A write names the revision that it was worked out from.
import type { WatchNote } from '@cuepoint/contracts'
import { query, queryAlone, type Tx } from '../../kernel/db.ts'
import { overdueBefore } from './time.ts'
import type { Refused, Watching, WatchReport } from './watch.ts'

export interface StoredWatching extends Watching {
  attemptId: string
  revision: number
  lengthSeconds: number
  share: number
  free: boolean
  /** null until the attempt is handed in. */
  score: number | null
}

const columns = `w.attempt_id as "attemptId", w.revision, w.watched, w.position_seconds as "positionSeconds", w.length_seconds as "lengthSeconds",
  w.share, w.free, (extract(epoch from w.heard_at) * 1000)::float8 as at, w.spare_seconds as spare, w.views, w.refused, w.score`

type Row<T> = T & Record<string, unknown>

/** Of these attempts, by attempt id; one that was never played has none. */
export async function watchingsOf(attemptIds: readonly string[], tx?: Tx): Promise<Map<string, StoredWatching>> {
  if (attemptIds.length === 0) return new Map()
  const text = `select ${columns} from watchings w where w.attempt_id = any($1::uuid[])`
  const rows = tx
    ? await query<Row<StoredWatching>>(tx, text, [attemptIds], 'assessment-watchings')
    : await queryAlone<Row<StoredWatching>>(text, [attemptIds], 'assessment-watchings')
  return new Map(rows.map((row) => [row.attemptId, row]))
}

/** An open attempt with its watching; null where it takes no reports any more. */
export async function openWatching(attemptId: string, at: Date): Promise<{ watching: StoredWatching | null } | null> {
  const [row] = await queryAlone<Row<StoredWatching>>(
    `select ${columns} from attempts a left join watchings w on w.attempt_id = a.id
     where a.id = $1 and a.state = 'open' and (a.deadline_at is null or a.deadline_at >= $2)`,
    [attemptId, overdueBefore(at.getTime())],
    'assessment-open-watching',
  )
  if (!row) return null
  return { watching: row.attemptId === null ? null : row }
}

// The attempt's row is locked against a submit, which then counts this report or shuts it out.
const writeSql = `with fit as materialized (
    select id from attempts where id = $1 and state = 'open' for no key update),
  wrote as (
    insert into watchings as held (attempt_id, revision, watched, position_seconds, length_seconds, share, free, heard_at, spare_seconds, views, refused)
    select id, $2::int + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11 from fit
    on conflict (attempt_id) do update set revision = excluded.revision, watched = excluded.watched, position_seconds = excluded.position_seconds,
      length_seconds = excluded.length_seconds, share = excluded.share, free = held.free or excluded.free, heard_at = excluded.heard_at,
      spare_seconds = excluded.spare_seconds, views = excluded.views, refused = excluded.refused
      where held.revision = $2
    returning 1),
  noted as (
    insert into watch_reports (attempt_id, view_id, seq, at, why, from_seconds, to_seconds)
    select $1, $12, $13, $14, why, "from", "to" from jsonb_to_recordset($15::jsonb) as notes (why text, "from" float8, "to" float8)
    where exists (select from wrote))
  select (select count(*)::int from fit) as fit, (select count(*)::int from wrote) as wrote`

/** Writes a new state and what was not credited. `closed`: handed in meanwhile; `overtaken`: another report was faster, work it out anew. */
export async function writeWatching(
  state: StoredWatching,
  { viewId, seq }: WatchReport,
  notes: readonly Refused[],
  at: Date,
): Promise<'written' | 'closed' | 'overtaken'> {
  const [done] = await queryAlone<{ fit: number; wrote: number }>(
    writeSql,
    [
      ...[state.attemptId, state.revision, JSON.stringify(state.watched), state.positionSeconds, state.lengthSeconds],
      ...[state.share, state.free, new Date(state.at), state.spare, JSON.stringify(state.views), state.refused],
      ...[viewId, seq, at, JSON.stringify(notes)],
    ],
    'assessment-write-watching',
  )
  if (done?.fit !== 1) return 'closed'
  return done.wrote === 1 ? 'written' : 'overtaken'
}

/** Was the video watched, so that it counts as such, in an attempt of the same person here? */
export async function watchedBefore(attemptId: string, threshold: number, tx?: Tx): Promise<boolean> {
  const text = `select exists (
      select from attempts own join attempts a on a.placement_id = own.placement_id and a.person_id = own.person_id
        and a.activity_id = own.activity_id and a.practice = own.practice
      join watchings w on w.attempt_id = a.id where own.id = $1 and w.share >= $2) as watched`
  const values = [attemptId, threshold]
  const [row] = tx
    ? await query<{ watched: boolean }>(tx, text, values, 'assessment-watched-before')
    : await queryAlone<{ watched: boolean }>(text, values, 'assessment-watched-before')
  return row?.watched ?? false
}

/** Keeps what watching earned beside it, in the transaction that hands in. */
export async function keepWatchScore(tx: Tx, attemptId: string, score: number): Promise<void> {
  await query(tx, 'update watchings set score = $2 where attempt_id = $1', [attemptId, score], 'assessment-watch-score')
}

/** What was not credited, the latest first, by attempt. */
export async function watchNotesOf(attemptIds: readonly string[]): Promise<Map<string, WatchNote[]>> {
  const rows = await queryAlone<Row<{ attemptId: string; at: Date; why: WatchNote['why']; from: number; to: number }>>(
    `select attempt_id as "attemptId", at, why, from_seconds as "from", to_seconds as "to" from (
       select *, row_number() over (partition by attempt_id order by id desc) as n from watch_reports where attempt_id = any($1::uuid[])) numbered
     where n <= 50 order by attempt_id, n`,
    [attemptIds],
  )
  const notes = new Map<string, WatchNote[]>()
  for (const { attemptId, at, ...note } of rows)
    notes.set(attemptId, [...(notes.get(attemptId) ?? []), { at: at.toISOString(), why: note.why, from: note.from, to: note.to }])
  return notes
}

/** When a video was last played at a placement, by attempt. */
export async function heardAt(placementId: string, activityId: string): Promise<Map<string, Date>> {
  const rows = await queryAlone<{ id: string; at: Date }>(
    `select w.attempt_id as id, w.heard_at as at from watchings w join attempts a on a.id = w.attempt_id
     where a.placement_id = $1 and a.activity_id = $2`,
    [placementId, activityId],
  )
  return new Map(rows.map(({ id, at }) => [id, at]))
}
