// Attempts as their calls see them: opened or given back (two tabs, or two clicks, make one), and read.
import type { AttemptView, Caller } from '@cuepoint/contracts'
import { nowMs } from '../../kernel/clock.ts'
import { type Tx, transaction } from '../../kernel/db.ts'
import { type AppError, conflict } from '../../kernel/errors.ts'
import { pointerOf, type Version, versionBehind, versionOf } from '../content/index.ts'
import { assertNames, noteLook, placementOf } from '../identity/index.ts'
import { type Attempt, AttemptRow } from './assessment.models.ts'
import { attemptNotFound, siblingsOf } from './attempt-rows.ts'
import { attemptShown, type Shown } from './attempt-shown.ts'
import { rulingVersionOf } from './closing.ts'
import { mayShowAnswers } from './counting.ts'
import { currentStandingOf, expire } from './expiry.ts'
import { insertAttempt } from './opening.ts'
import { assertOwnPlacement, assertRecords, teaches } from './permission.ts'
import { type Standing, standingOf } from './standing.ts'
import { answersOf } from './stored-answers.ts'
import { isOpen, settingsFor } from './terms.ts'
import { termsOf } from './terms-of.ts'
import { isOverdue } from './time.ts'

/** Gives the open attempt back, or opens one. placement_read_only, placement_empty, attempts_exhausted, and content's refusals. */
export async function openAttempt(caller: Caller, placementId: string): Promise<AttemptView> {
  assertRecords(caller)
  assertOwnPlacement(caller, placementId)
  const { activityId } = await placementOf(caller, placementId)
  if (activityId === null) throw placementEmpty()
  const shown = await transaction(async (tx) => {
    const before = await currentStandingOf(caller, placementId, activityId, { tx })
    const version = await versionBehind(before.pointer, tx)
    const resumed = await openOf(before, tx)
    if (resumed) return resumed
    if (!teaches(caller) && !isOpen(before.terms, nowMs())) throw notOpen(before.terms.settings.opensAt)
    const opened = await insertAttempt(tx, caller, placementId, version, before.terms)
    if (opened) return { attempt: opened, version, ruling: version, answers: [], showAnswers: false }
    // Another tab was faster, and has committed: its attempt is ours, too. Or there was none left.
    const theirs = await openOf(await standingOf(caller, placementId, activityId, tx), tx)
    if (!theirs) throw conflict('attempts_exhausted', 'You have used all your attempts.')
    return theirs
  })
  return attemptShown(caller, shown)
}

/** The open attempt of a standing; null = none is open. */
export async function openOf({ attempts, answers, pointer }: Standing, tx?: Tx): Promise<Shown | null> {
  const attempt = attempts.find((one) => one.state === 'open')
  if (!attempt) return null
  const version = await versionOf(attempt.versionId, tx)
  return { attempt, version, ruling: await rulingVersionOf(pointer, attempt, tx), answers, showAnswers: false }
}

/** The placement points at nothing yet. */
export function placementEmpty(): AppError {
  return conflict('placement_empty', 'No activity has been chosen for this place in the course yet.')
}

/** Before the placement opens, or after it has closed. */
function notOpen(opensAt: string | null): AppError {
  const early = opensAt !== null && nowMs() < Date.parse(opensAt)
  return conflict('placement_not_open', early ? 'This activity has not opened yet.' : 'This activity has closed.')
}

/** May its learner see answers and keys now? */
async function mayBeShown(tx: Tx, attempt: Attempt, ruling: Version): Promise<boolean> {
  const terms = await termsOf(tx, attempt.placementId, attempt.personId)
  return mayShowAnswers(await siblingsOf(tx, attempt), settingsFor(ruling.document.settings, terms))
}

/** No person has it. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** One attempt: a learner's own, or any of the course for its instructors. attempt_not_found. */
export async function attemptOf(caller: Caller, attemptId: string): Promise<AttemptView> {
  const { institutionId, courseId, personId } = caller
  const owner = teaches(caller) ? {} : { personId: personId ?? nobody }
  const shown = await transaction(async (tx) => {
    const where = { id: attemptId, institutionId, courseId, ...owner }
    const find = () => AttemptRow.findOne({ where, transaction: tx })
    let attempt = await find()
    if (attempt?.state === 'open' && isOverdue(attempt.deadlineAt, nowMs())) {
      await expire(tx, attemptId)
      attempt = await find()
    }
    if (!attempt) throw attemptNotFound()
    const pointer = await pointerOf(attempt.activityId, attempt.courseId, tx)
    const ruling = await rulingVersionOf(pointer, attempt, tx)
    const showAnswers = teaches(caller) || (await mayBeShown(tx, attempt, ruling))
    const version = await versionOf(attempt.versionId, tx)
    return { attempt, version, ruling, answers: await answersOf(tx, attemptId), showAnswers }
  })
  const { attempt } = shown
  if (teaches(caller)) await assertNames(caller, attempt.personId)
  if (teaches(caller)) await noteLook(caller, { what: 'attempt', personId: attempt.personId, placementId: attempt.placementId })
  return attemptShown(caller, shown)
}
