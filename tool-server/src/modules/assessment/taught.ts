// Whom and what a teacher's deed is about: checked to be of the caller's course, with an activity behind it.
import type { Caller } from '@cuepoint/contracts'
import { AppError, forbidden } from '../../kernel/errors.ts'
import { learnerOf, placementOf } from '../identity/index.ts'
import { placementEmpty } from './attempts.ts'
import { learnerNotFound } from './learner-page.ts'
import type { Recorded } from './permission.ts'

export interface Taught {
  caller: Recorded
  placementId: string
  personId: string
  activityId: string
}

/** An instructor with a name: deeds are audited by person. */
export function assertTeacher(caller: Caller): asserts caller is Recorded {
  if (caller.role !== 'instructor') throw forbidden('Your role in this course does not allow that.')
  if (caller.personId === null) throw new AppError('placement_read_only', 'This was opened for viewing only: nothing is recorded.')
}

/** resource_not_found, learner_not_found, placement_empty, role_not_allowed. */
export async function taughtBy(caller: Caller, placementId: string, personId: string): Promise<Taught> {
  assertTeacher(caller)
  const placement = await placementOf(caller, placementId)
  const learner = await learnerOf(caller, personId)
  if (!learner) throw learnerNotFound()
  if (placement.activityId === null) throw placementEmpty()
  return { caller, placementId: placement.id, personId: learner.id, activityId: placement.activityId }
}
