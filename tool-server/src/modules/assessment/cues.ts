// An answer checked at its moment: graded here, with the key that stays here, and its tries counted under the attempt's lock.
import type { AnswerValue, Caller, Cue, CueOutcome } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { type Tx, transaction } from '../../kernel/db.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import { recordLast } from '../../kernel/events/outbox.ts'
import { pointerOf, versionBehind, versionOf } from '../content/index.ts'
import { checkAnswers } from './answer-check.ts'
import type { Attempt } from './assessment.models.ts'
import { lockOwnAttempt } from './attempt-rows.ts'
import { rulingVersionOf } from './closing.ts'
import { cueOutcomeOf, tellsAtOnce } from './cue-outcome.ts'
import { type CueCheck, checksOf, writeCheck } from './cue-rows.ts'
import { gradeQuestion } from './graders/index.ts'
import { assertRecords } from './permission.ts'
import { mergedAnswers } from './stored-answers.ts'
import { isOverdue } from './time.ts'
import { attemptFactsOf } from './told.ts'
import { isVideo, type VideoVersion } from './video-length.ts'
import { attemptClosed, notVideo } from './watching.ts'

interface Given {
  answer: AnswerValue
  seq: number
}

/**
 * Checks one answer: one try. What was checked before (the same `seq`, or a later one), or is settled, gives what stands.
 * attempt_not_found, attempt_closed, cue_not_found, answer_invalid, activity_deleted, activity_kind_unsupported.
 */
export async function checkCue(caller: Caller, attemptId: string, cueId: string, { answer, seq }: Given): Promise<CueOutcome> {
  assertRecords(caller)
  return transaction(async (tx) => {
    const attempt = await lockOwnAttempt(tx, caller, attemptId)
    const at = now()
    if (attempt.state !== 'open' || isOverdue(attempt.deadlineAt, at.getTime())) throw attemptClosed()
    const pointer = await pointerOf(attempt.activityId, attempt.courseId, tx)
    await versionBehind(pointer, tx)
    const version = await versionOf(attempt.versionId, tx)
    if (!isVideo(version)) throw notVideo()
    const cue = cueIn(version, cueId)
    const { question } = cue
    checkAnswers(version, [{ questionId: question.id, seq, value: answer }])
    const ruling = await rulingVersionOf(pointer, attempt, tx)
    const how = { tells: tellsAtOnce(ruling.document.settings), locale: attempt.locale }
    const before = (await checksOf(attempt.id, tx)).get(cueId)
    if (before && (before.settled || seq <= before.seq)) return cueOutcomeOf(cue, before, how)
    const check = checkedCue(cue, before?.tries ?? 0, { answer, seq }, attempt.locale)
    await mergedAnswers(tx, attempt.id, [{ questionId: question.id, seq, value: answer }], at)
    await writeCheck(tx, attempt.id, check, at)
    await tellChecked(tx, attempt, cue, check)
    return cueOutcomeOf(cue, check, how)
  })
}

/** cue_not_found. */
export function cueIn({ document }: VideoVersion, cueId: string): Cue {
  const cue = document.cues.find(({ id }) => id === cueId)
  if (!cue) throw notFound('cue_not_found', 'This video asks no such question.')
  return cue
}

async function tellChecked(tx: Tx, attempt: Attempt, { id: cueId, question }: Cue, check: CueCheck): Promise<void> {
  const { institutionId, courseId, personId, placementId } = attempt
  const { tries, settled, score, answer } = check
  const told = { cueId, questionId: question.id, tries, settled, score, maxScore: question.points, answer }
  const scope = { institutionId, courseId, personId, placementId }
  await recordLast(tx, [{ name: 'assessment.cue.checked', ...scope, data: { ...attemptFactsOf(attempt), ...told } }])
}

/** One more try, after `triesUsed` others. answer_invalid where there is no answer. */
export function checkedCue({ id, question, triesAllowed }: Cue, triesUsed: number, { answer, seq }: Given, locale: string): CueCheck {
  const { score, verdict } = gradeQuestion(question, answer, locale)
  // An empty answer uses up no try.
  if (verdict === 'unanswered')
    throw invalid(
      'Give an answer first.',
      [{ path: 'answer', code: 'answer_empty', message: 'There is nothing to check yet.' }],
      'answer_invalid',
    )
  const tries = triesUsed + 1
  const settled = verdict === 'right' || (triesAllowed !== null && tries >= triesAllowed)
  return { cueId: id, questionId: question.id, tries, seq, answer, score, verdict, settled }
}
