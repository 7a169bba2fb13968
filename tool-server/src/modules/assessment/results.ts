// The Result: one per Person and Placement, with a rising revision, written where an attempt is handed in.
import type { Counting } from '@cuepoint/contracts'
import { query, type Tx } from '../../kernel/db.ts'
import type { NewEvent } from '../../kernel/events/outbox.ts'
import type { Attempt } from './assessment.models.ts'
import { countedOf, type Submitted } from './counting.ts'

/** What handing in tells: both by one statement. */
export type ClosingEvent = NewEvent<'assessment.attempt.submitted' | 'assessment.result.changed'>

// Where the placement takes scores the Result is on its way from the start; gradebook.score.* tell how it goes on.
const writeSql = `insert into results as held
    (placement_id, person_id, institution_id, revision, score, max_score, attempts, submitted_at, updated_at, sync_revision, sync_state)
  select $1, $2, $3, 1, $4, $5, $6, $7, $8, 1, case when takes_scores then 'waiting' else 'none' end from placements where id = $1
  on conflict (placement_id, person_id) do update set revision = held.revision + 1, score = excluded.score,
    max_score = excluded.max_score, attempts = excluded.attempts, submitted_at = excluded.submitted_at, updated_at = excluded.updated_at,
    sync_state = excluded.sync_state, sync_reason = null, sync_revision = held.revision + 1, sync_at = null
  returning revision`

/** Writes the Result that these attempts make by the counting rule. Answers with the event to record in this transaction. */
export async function writeResult(tx: Tx, attempts: readonly Attempt[], counting: Counting, at: Date): Promise<ClosingEvent> {
  const counted = countedOf(attempts.flatMap(submittedOf), counting)
  const [attempt] = attempts
  if (!counted || !attempt) throw new Error('a result needs a submitted attempt')
  const { institutionId, courseId, personId, placementId } = attempt
  const { score, maxScore, startedAt, submittedAt } = counted
  const values = [placementId, personId, institutionId, score, maxScore, counted.attempts, submittedAt, at]
  const [written] = await query<{ revision: number }>(tx, writeSql, values, 'assessment-write-result')
  if (!written) throw new Error('a result was not written')
  const data = {
    revision: written.revision,
    score,
    maxScore,
    comment: null,
    startedAt: startedAt.toISOString(),
    submittedAt: submittedAt.toISOString(),
  }
  return { name: 'assessment.result.changed', institutionId, courseId, personId, placementId, data }
}

function submittedOf({ number, score, maxScore, startedAt, submittedAt }: Attempt): Submitted[] {
  return score === null || submittedAt === null ? [] : [{ number, score, maxScore, startedAt, submittedAt }]
}
