// The SQL of group commit: many answers of many attempts in one statement, and what became of each attempt.
import type { AnswerValue } from '@cuepoint/contracts'
import { queryAlone } from '../../kernel/db.ts'
import { notDeletedSql } from '../content/index.ts'
import { overdueBefore } from './time.ts'

/** One answer on its way: attempt, question, seq, value. Short names, because they are sent as JSON. */
export interface Given {
  a: string
  q: string
  s: number
  v: AnswerValue
}
export type Refusal = 'closed' | 'deleted'

// The attempts' rows are locked in the order of their ids: against a submit, which then sees these answers or shuts them out,
// and against another process that writes for the same attempts (one order, no deadlock).
const writeSql = `
with given as materialized (select a, q, s, v from jsonb_to_recordset($1::jsonb) as rows (a uuid, q text, s bigint, v jsonb)),
fit as materialized (
  select id from attempts where id = any($2::uuid[]) and state = 'open' and (deadline_at is null or deadline_at >= $4)
    and ${notDeletedSql('activity_id')} order by id for no key update),
touched as (update attempts set saved_at = $3 from fit where attempts.id = fit.id),
written as (
  insert into answers as held (attempt_id, question_id, seq, value, saved_at)
  select a, q, s, v, $3 from given join fit on fit.id = given.a order by a, q
  on conflict (attempt_id, question_id) do update set seq = excluded.seq, value = excluded.value, saved_at = excluded.saved_at
    where excluded.seq > held.seq
  returning 1)
select (select count(*)::int from written) as written, (select count(*)::int from fit) as fit,
  (select array_agg(id::text) from fit) as ids`

/** Writes what is newer than what is saved. `refused` names the attempts that take no answers. */
export async function writeAnswers(rows: readonly Given[], at: Date): Promise<{ written: number; refused: Map<string, Refusal> }> {
  const ids = [...new Set(rows.map((row) => row.a))]
  const [done] = await queryAlone<{ written: number; fit: number; ids: string[] | null }>(
    writeSql,
    [JSON.stringify(rows), ids, at, overdueBefore(at.getTime())],
    'assessment-write-answers',
  )
  if (!done) throw new Error('answers were not written')
  if (done.fit === ids.length) return { written: done.written, refused: new Map() }
  const fit = new Set(done.ids)
  return { written: done.written, refused: await refusalsOf(ids.filter((id) => !fit.has(id))) }
}

async function refusalsOf(ids: readonly string[]): Promise<Map<string, Refusal>> {
  const rows = await queryAlone<{ id: string; closed: boolean; live: boolean }>(
    `select id, state <> 'open' as closed, ${notDeletedSql('activity_id')} as live from attempts where id = any($1::uuid[])`,
    [ids],
  )
  const refused = new Map<string, Refusal>(ids.map((id) => [id, 'closed']))
  for (const { id, closed, live } of rows) if (!closed && !live) refused.set(id, 'deleted')
  return refused
}

/** The seqs that are saved for these questions, by attempt id + question id. */
export async function seqsHeld(rows: readonly Given[]): Promise<Map<string, number>> {
  const held = await queryAlone<{ key: string; seq: number }>(
    `select attempt_id::text || question_id as key, seq from answers
     where (attempt_id, question_id) in (select * from unnest($1::uuid[], $2::text[]))`,
    [rows.map((row) => row.a), rows.map((row) => row.q)],
  )
  return new Map(held.map(({ key, seq }) => [key, seq]))
}
