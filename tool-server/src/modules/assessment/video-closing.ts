// What counts of a video's attempt when it is handed in, under the lock of its row.
import type { Answer } from '@cuepoint/contracts'
import { query, type Tx } from '../../kernel/db.ts'
import type { Attempt } from './assessment.models.ts'
import { countedAnswers } from './cue-outcome.ts'
import { checksOf } from './cue-rows.ts'
import { type StoredWatching, watchingsOf } from './watching-rows.ts'

const countSql = `update answers held set value = c.answer from cue_checks c
  where held.attempt_id = $1 and c.attempt_id = $1 and c.question_id = held.question_id and held.value <> c.answer`

/** `checked`: questions that were told of at their moment. The answers that count (kept as the attempt's answers from now on, so that every look at it shows them), and how far it was watched. */
export async function watchedInFull(
  tx: Tx,
  attempt: Attempt,
  saved: readonly Answer[],
): Promise<{ answers: Answer[]; checked: ReadonlySet<string>; watching: StoredWatching | undefined }> {
  const checks = await checksOf(attempt.id, tx)
  if (checks.size > 0) await query(tx, countSql, [attempt.id], 'assessment-count-checked')
  const watching = (await watchingsOf([attempt.id], tx)).get(attempt.id)
  const checked = new Set([...checks.values()].map(({ questionId }) => questionId))
  return { answers: countedAnswers(saved, checks), checked, watching }
}
