// PURE: what a session may do with attempts, beyond what its role allows (which the endpoint says).
import type { Caller } from '@cuepoint/contracts'
import { AppError, notFound } from '../../kernel/errors.ts'

/** A caller whose doings are recorded. */
export type Recorded = Caller & { personId: string }

/** Viewers and reviews record nothing. */
export function records(caller: Caller): caller is Recorded {
  return caller.personId !== null && caller.role !== 'viewer' && caller.purpose !== 'review'
}

/** May this session see what all learners of the course do? */
export function teaches({ role }: Caller): boolean {
  return role === 'instructor' || role === 'assistant'
}

/** Attempts of this caller are nobody's grade: a teacher's own tries, and those of Student View. */
export function practises(caller: Caller): boolean {
  return teaches(caller) || caller.testing === true
}

/** placement_read_only for a session that records nothing. */
export function assertRecords(caller: Caller): asserts caller is Recorded {
  if (!records(caller)) throw new AppError('placement_read_only', 'This was opened for viewing only: nothing is recorded.')
}

/** The LMS opened one placement to a learner, perhaps not yet the others: ids of those are as good as unknown. */
export function assertOwnPlacement(caller: Caller, placementId: string): void {
  if (!teaches(caller) && caller.placementId !== placementId.toLowerCase()) throw notFound()
}
