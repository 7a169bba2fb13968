// Launches that look at work already done: LtiSubmissionReviewRequest, and an LMS that launches a score's address again (Canvas).
import type { Caller, Review } from '@cuepoint/contracts'
import type { Tx } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { attemptForReview } from '../../assessment/index.ts'
import { markReview, personByExternalId } from '../../identity/index.ts'
import { attemptNamed } from '../services/submission-url.ts'
import type { Launch } from './claims.ts'

/** The caller with what is reviewed, kept with the session; unchanged for a launch that reviews nothing. */
export async function reviewing(tx: Tx, launch: Launch, caller: Caller): Promise<Caller> {
  const review = launch.message === 'review' ? await asked(tx, launch, caller) : await relaunched(tx, launch, caller)
  if (!review) return caller
  await markReview(tx, caller.sessionId, review)
  return { ...caller, purpose: 'review', review }
}

/** Moodle's `for_user` holds only `user_id` (fact 20): the person is found by the LMS's id alone. */
async function asked(tx: Tx, launch: Launch, caller: Caller): Promise<Review | null> {
  const { placementId, institutionId } = caller
  if (!placementId || !launch.forSubject) return null
  const own = caller.role === 'learner' || caller.role === 'viewer'
  if (own && launch.forSubject !== launch.subject)
    throw new AppError('role_not_allowed', 'Only teachers can look at the work of others.', { reason: 'review_not_own' })
  return { placementId, personId: await personByExternalId(tx, institutionId, launch.forSubject), attemptId: null }
}

/** An attempt of another course, or for a learner of somebody else, is as good as none: then this is a launch like any other. */
async function relaunched(tx: Tx, launch: Launch, caller: Caller): Promise<Review | null> {
  const attemptId = launch.message === 'resource' && launch.role !== 'viewer' && !launch.testing ? attemptNamed(launch.targetLinkUri) : null
  return attemptId ? attemptForReview(tx, caller, attemptId) : null
}
