// The Result: one per Person and Placement, with a rising revision, written where an attempt is handed in.
import type { Counting } from '@cuepoint/contracts'
import { query, type Tx } from '../../kernel/db.ts'
import type { NewEvent } from '../../kernel/events/outbox.ts'
import type { Attempt } from './assessment.models.ts'
import { type Counted, countedOf, type Submitted } from './counting.ts'
import { overrideOf } from './overrides.ts'
import { termsOf } from './terms-of.ts'

/** What handing in and counting again tell: all of it by one statement. */
export type ClosingEvent = NewEvent<
  'assessment.attempt.submitted' | 'assessment.attempt.graded' | 'assessment.attempt.regraded' | 'assessment.result.changed'
>

// Where the placement takes scores the Result is on its way from the start; gradebook.score.* tell how it goes on.
const writeSql = `insert into results as held
    (placement_id, person_id, institution_id, revision, score, max_score, attempts, submitted_at, updated_at, sync_revision, overridden, comment,
      sync_state)
  select $1, $2, $3, 1, $4, $5, $6, $7, $8, 1, $9, $10, case when takes_scores then 'waiting' else 'none' end from placements where id = $1
  on conflict (placement_id, person_id) do update set revision = held.revision + 1, score = excluded.score,
    max_score = excluded.max_score, attempts = excluded.attempts, submitted_at = excluded.submitted_at, updated_at = excluded.updated_at,
    overridden = excluded.overridden, comment = excluded.comment,
    sync_state = excluded.sync_state, sync_reason = null, sync_revision = held.revision + 1, sync_at = null
  returning revision`

/** What counts now: by the counting rule, or as a teacher set it. */
export interface Effective extends Counted {
  overridden: boolean
  comment: string | null
}

/** The Result that these attempts of one person make; null = none: nothing that counts was handed in. */
export async function effectiveOf(tx: Tx, attempts: readonly Attempt[], counting: Counting): Promise<Effective | null> {
  const [attempt] = attempts
  if (!attempt) return null
  const { placementId, personId, activityId } = attempt
  const emptyCounts = attempts.some((one) => one.empty) && (await termsOf(tx, placementId, personId)).settings.emptyIsZero
  const override = await overrideOf(tx, placementId, personId, activityId)
  // An override may also be of work that by itself counts as nothing.
  const tried = attempts.filter((one) => !one.empty || emptyCounts || override !== null)
  const counted = countedOf(tried.flatMap(submittedOf), counting)
  if (!counted) return null
  if (!override) return { ...counted, overridden: false, comment: null }
  return { ...counted, score: override.score, maxScore: override.maxScore, overridden: true, comment: override.comment }
}

/** Writes the Result that these attempts make. Answers with the event to record in this transaction; null where nothing counts. */
export async function writeResult(tx: Tx, attempts: readonly Attempt[], counting: Counting, at: Date): Promise<ClosingEvent | null> {
  const effective = await effectiveOf(tx, attempts, counting)
  return effective && writeEffective(tx, attempts, effective, at, false)
}

/** Writes what counts as the next revision. `recounted`: without a hand-in. */
export async function writeEffective(
  tx: Tx,
  attempts: readonly Attempt[],
  effective: Effective,
  at: Date,
  recounted: boolean,
): Promise<ClosingEvent> {
  const [attempt] = attempts
  if (!attempt) throw new Error('a result needs an attempt')
  const { institutionId, courseId, personId, placementId, activityId } = attempt
  const { score, maxScore, startedAt, submittedAt, overridden, comment, attemptId } = effective
  const values = [placementId, personId, institutionId, score, maxScore, effective.attempts, submittedAt, at, overridden, comment]
  const [written] = await query<{ revision: number }>(tx, writeSql, values, 'assessment-write-result')
  if (!written) throw new Error('a result was not written')
  const data = {
    revision: written.revision,
    score,
    maxScore,
    comment,
    startedAt: startedAt.toISOString(),
    submittedAt: submittedAt.toISOString(),
    attemptId,
    activityId,
    recounted,
  }
  return { name: 'assessment.result.changed', institutionId, courseId, personId, placementId, data }
}

function submittedOf({ id, number, score, maxScore, startedAt, submittedAt }: Attempt): Submitted[] {
  return score === null || submittedAt === null ? [] : [{ id, number, score, maxScore, startedAt, submittedAt }]
}
