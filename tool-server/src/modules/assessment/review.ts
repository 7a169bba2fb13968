// An attempt that a launch names: may this caller look at it?
import type { Caller, Review } from '@cuepoint/contracts'
import { query, type Tx } from '../../kernel/db.ts'
import { teaches } from './permission.ts'

/** Whose work it is, where the attempt is of the caller's course and, for a learner, their own and handed in; else null. */
export async function attemptForReview(tx: Tx, caller: Caller, attemptId: string): Promise<Review | null> {
  const [row] = await query<{ placementId: string; personId: string; state: string }>(
    tx,
    `select placement_id as "placementId", person_id as "personId", state from attempts
     where id = $1 and institution_id = $2 and course_id = $3 and not practice`,
    [attemptId, caller.institutionId, caller.courseId],
  )
  if (!row) return null
  const own = row.personId === caller.personId && row.placementId === caller.placementId && row.state === 'submitted'
  return teaches(caller) || own ? { placementId: row.placementId, personId: row.personId, attemptId } : null
}
