// Handing in, by the learner: once, however often it is asked.
import type { Answer, AttemptView, Caller } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { type Tx, transaction } from '../../kernel/db.ts'
import { conflict } from '../../kernel/errors.ts'
import { pointerOf, versionBehind, versionOf } from '../content/index.ts'
import { checkAnswers } from './answer-check.ts'
import type { Attempt } from './assessment.models.ts'
import { lockOwnAttempt, siblingsOf } from './attempt-rows.ts'
import { attemptShown, type Shown } from './attempt-shown.ts'
import { closeAttempt, rulingVersionOf } from './closing.ts'
import { mayShowAnswers } from './counting.ts'
import { assertRecords, teaches } from './permission.ts'
import { answersOf, mergedAnswers } from './stored-answers.ts'
import { settingsFor } from './terms.ts'
import { termsOf } from './terms-of.ts'
import { isOverdue } from './time.ts'

/**
 * Hands in with the answers sent along (the higher seq wins). The same key again gives the attempt back as it was handed in.
 * attempt_not_found, attempt_key_differs, answer_invalid, activity_deleted.
 */
export async function submitAttempt(caller: Caller, attemptId: string, key: string, sent: readonly Answer[]): Promise<AttemptView> {
  assertRecords(caller)
  const shown = await transaction(async (tx) => {
    const attempt = await lockOwnAttempt(tx, caller, attemptId)
    const pointer = await pointerOf(attempt.activityId, attempt.courseId, tx)
    const ruling = await rulingVersionOf(pointer, attempt, tx)
    const attempts = attempt.state === 'open' ? await close() : await siblingsOf(tx, attempt)
    // Where the server handed in at the end of the time there is no key: the learner's click came too late, and is no error.
    if (attempt.state !== 'open' && attempt.submitKey !== null && attempt.submitKey !== key) throw keyDiffers()
    const terms = await termsOf(tx, attempt.placementId, attempt.personId)
    const showAnswers = teaches(caller) || mayShowAnswers(attempts, settingsFor(ruling.document.settings, terms))
    return submitted(tx, attempts, attempt.id, { showAnswers, ruling })

    async function close(): Promise<Attempt[]> {
      await versionBehind(pointer, tx)
      checkAnswers(await versionOf(attempt.versionId, tx), sent)
      const at = now()
      const late = isOverdue(attempt.deadlineAt, at.getTime())
      const timeUp = attempt.deadlineAt !== null && at >= attempt.deadlineAt
      const answers = await mergedAnswers(tx, attemptId, late ? [] : sent, at)
      const submittedAt = timeUp && attempt.deadlineAt ? attempt.deadlineAt : at
      return closeAttempt(tx, attempt, answers, ruling, { key, timeUp, at, submittedAt })
    }
  })
  return attemptShown(caller, shown)
}

async function submitted(
  tx: Tx,
  attempts: readonly Attempt[],
  attemptId: string,
  how: Pick<Shown, 'showAnswers' | 'ruling'>,
): Promise<Shown> {
  const attempt = attempts.find((one) => one.id === attemptId)
  if (!attempt) throw new Error('the attempt is not among its siblings')
  return { attempt, version: await versionOf(attempt.versionId, tx), answers: await answersOf(tx, attemptId), ...how }
}

function keyDiffers() {
  return conflict('attempt_key_differs', 'This attempt was handed in already, from another tab or device.')
}
