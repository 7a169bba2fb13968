// A score as it is sent. Always a final one: an unfinished score would clear the grade that stands (facts 11 and 22).
import type { Lms } from '../lms/index.ts'
import type { LedgerRow } from './score-ledger.ts'
import { submissionUrl } from './submission-url.ts'

/** `standing`: the comment that stands in the gradebook, where a score without one would erase it. */
export function scoreBody(lms: Lms, row: LedgerRow, at: Date, standing: string | null): string {
  const comment = row.comment || standing
  const extension = lms.scoreExtension(
    row.maybe_stored,
    row.activity_id && row.attempt_id ? submissionUrl(row.activity_id, row.attempt_id) : null,
  )
  const body = {
    userId: row.external_id,
    scoreGiven: row.score,
    scoreMaximum: row.max_score,
    activityProgress: 'Completed',
    gradingProgress: 'FullyGraded',
    timestamp: at.toISOString(),
    submission: { startedAt: row.started_at.toISOString(), submittedAt: row.submitted_at.toISOString() },
    // What is undefined is left out.
    comment: comment || undefined,
  }
  return JSON.stringify(extension ? { ...body, ...extension } : body)
}
