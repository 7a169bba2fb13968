// Answers checked at their moment, one row per cue of an attempt: written under the attempt's lock, so that tries are counted one by one.
import type { AnswerValue, Verdict } from '@cuepoint/contracts'
import { query, queryAlone, type Tx } from '../../kernel/db.ts'

export interface CueCheck {
  cueId: string
  questionId: string
  tries: number
  seq: number
  answer: AnswerValue
  score: number
  verdict: Verdict
  settled: boolean
}

const columns = 'cue_id as "cueId", question_id as "questionId", tries, seq, answer, score, verdict, settled'

/** All checks of an attempt, by cue id. */
export async function checksOf(attemptId: string, tx?: Tx): Promise<Map<string, CueCheck>> {
  type Row = CueCheck & Record<string, unknown>
  const text = `select ${columns} from cue_checks where attempt_id = $1`
  const rows = tx
    ? await query<Row>(tx, text, [attemptId], 'assessment-cue-checks')
    : await queryAlone<Row>(text, [attemptId], 'assessment-cue-checks')
  return new Map(rows.map((row) => [row.cueId, row]))
}

export async function writeCheck(tx: Tx, attemptId: string, check: CueCheck, at: Date): Promise<void> {
  const { cueId, questionId, tries, seq, answer, score, verdict, settled } = check
  await query(
    tx,
    `insert into cue_checks (attempt_id, cue_id, question_id, tries, seq, answer, score, verdict, settled, checked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (attempt_id, cue_id) do update set tries = excluded.tries, seq = excluded.seq, answer = excluded.answer,
       score = excluded.score, verdict = excluded.verdict, settled = excluded.settled, checked_at = excluded.checked_at`,
    [attemptId, cueId, questionId, tries, seq, JSON.stringify(answer), score, verdict, settled, at],
    'assessment-write-check',
  )
}
