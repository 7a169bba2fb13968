// The answers of one attempt, read and written under its row's lock (submitting, expiring). Autosave goes by answers.ts.
import type { Answer } from '@cuepoint/contracts'
import { query, type Tx } from '../../kernel/db.ts'

/** What is saved. */
export async function answersOf(tx: Tx, attemptId: string): Promise<Answer[]> {
  const text = 'select question_id as "questionId", seq, value from answers where attempt_id = $1 order by question_id'
  return query<{ questionId: string; seq: number; value: Answer['value'] }>(tx, text, [attemptId], 'assessment-answers')
}

const mergeSql = `insert into answers (attempt_id, question_id, seq, value, saved_at)
  select $1, q, s, v, $3 from jsonb_to_recordset($2::jsonb) as given (q text, s bigint, v jsonb)
  on conflict (attempt_id, question_id) do update set seq = excluded.seq, value = excluded.value, saved_at = excluded.saved_at`

/** Saves those of `sent` that are newer than what is saved, and answers with all that is saved then. */
export async function mergedAnswers(tx: Tx, attemptId: string, sent: readonly Answer[], at: Date): Promise<Answer[]> {
  const saved = await answersOf(tx, attemptId)
  const held = new Map(saved.map((answer) => [answer.questionId, answer]))
  const newer = new Map<string, Answer>()
  for (const answer of sent) {
    if (answer.seq <= (held.get(answer.questionId)?.seq ?? -1)) continue
    held.set(answer.questionId, answer)
    newer.set(answer.questionId, answer)
  }
  if (newer.size === 0) return saved
  const rows = [...newer.values()].map(({ questionId, seq, value }) => ({ q: questionId, s: seq, v: value }))
  await query(tx, mergeSql, [attemptId, JSON.stringify(rows), at], 'assessment-merge-answers')
  return [...held.values()]
}
