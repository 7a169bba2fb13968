// An attempt is handed in, by its learner or by the end of its time: graded, counted and told of, in the caller's transaction.
import type { Answer } from '@cuepoint/contracts'
import { query, type Tx } from '../../kernel/db.ts'
import { recordAll } from '../../kernel/events/outbox.ts'
import { publish } from '../../kernel/live.ts'
import { type Pointer, questionsOf, type Version, versionOf } from '../content/index.ts'
import type { Attempt, StoredMark } from './assessment.models.ts'
import { siblingsOf } from './attempt-rows.ts'
import { mayShowAnswers } from './counting.ts'
import { type Grade, gradeOf } from './grade.ts'
import { attemptChannel } from './live-attempt.routes.ts'
import { type ClosingEvent, writeResult } from './results.ts'
import { plainTerms, settingsFor } from './terms.ts'
import { termsOf } from './terms-of.ts'
import { attemptFactsOf, watchingTold } from './told.ts'
import { watchedInFull } from './video-closing.ts'
import { isVideo } from './video-length.ts'
import { keepWatchScore } from './watching-rows.ts'

export interface Closing {
  /** From the browser; null when the server hands in. */
  key: string | null
  timeUp: boolean
  at: Date
  submittedAt: Date
}

/** The Version whose settings rule now (limits, counting, what may be seen): the latest one. Its questions may be others. */
export async function rulingVersionOf(pointer: Pointer | null, attempt: Attempt, tx?: Tx): Promise<Version> {
  return versionOf(pointer?.versionId ?? attempt.versionId, tx)
}

/** Closes a locked, open attempt with these answers. Answers with all attempts of the person here, this one closed. */
export async function closeAttempt(
  tx: Tx,
  attempt: Attempt,
  answers: readonly Answer[],
  ruling: Version,
  closing: Closing,
): Promise<Attempt[]> {
  const version = await versionOf(attempt.versionId, tx)
  const watched = isVideo(version) ? await watchedInFull(tx, attempt, answers) : null
  const byQuestion = new Map((watched?.answers ?? answers).map((answer) => [answer.questionId, answer.value]))
  const grade = gradeOf(version.document, byQuestion, attempt.locale, watched?.watching?.share)
  if (watched?.watching && grade.watching) await keepWatchScore(tx, attempt.id, grade.watching.score)
  const marks = grade.questions.map(({ questionId, score, verdict }): StoredMark => ({ questionId, score, verdict }))
  // Nobody pressed the button, and there is nothing in it: what that is worth, the placement's settings say.
  const empty = closing.key === null && answers.length === 0 && !watched?.watching?.watched.length
  await query(
    tx,
    `update attempts set state = 'submitted', submitted_at = $2, submit_key = $3, time_up = $4, score = $5, max_score = $6, graded = $7, empty = $8,
      saved_at = coalesce((select max(saved_at) from answers where attempt_id = $1), saved_at) where id = $1`,
    [attempt.id, closing.submittedAt, closing.key, closing.timeUp, grade.score, grade.maxScore, JSON.stringify(marks), empty],
    'assessment-close',
  )
  const attempts = await siblingsOf(tx, attempt)
  const shown = await answersShown(tx, attempt, attempts, ruling)
  const events: ClosingEvent[] = [
    submittedEvent(attempt, version, byQuestion, grade, closing, { empty, shown, watched }),
    gradedEvent(attempt, grade),
  ]
  // An instructor's own try is nobody's grade.
  const changed = attempt.practice ? null : await writeResult(tx, attempts, ruling.document.settings.counting, closing.at)
  if (changed) events.push(changed)
  await recordAll(tx, events)
  publish(tx, attemptChannel, attempt.id)
  return attempts
}

/** May its learner see right answers now? What a teacher granted matters only where attempts are counted. */
async function answersShown(tx: Tx, attempt: Attempt, attempts: readonly Attempt[], ruling: Version): Promise<boolean> {
  const { settings } = ruling.document
  const counted = settings.showAnswers === 'after-last-attempt' && settings.attemptsAllowed !== null
  const terms = counted ? await termsOf(tx, attempt.placementId, attempt.personId) : plainTerms
  return mayShowAnswers(attempts, settingsFor(settings, terms))
}

function gradedEvent(attempt: Attempt, { score, maxScore }: Grade): ClosingEvent {
  const { institutionId, courseId, personId, placementId } = attempt
  const data = { ...attemptFactsOf(attempt), score, maxScore, by: 'rules' as const }
  return { name: 'assessment.attempt.graded', institutionId, courseId, personId, placementId, data }
}

function submittedEvent(
  attempt: Attempt,
  version: Version,
  answers: ReadonlyMap<string, Answer['value']>,
  grade: Grade,
  { submittedAt, timeUp }: Closing,
  { empty, shown, watched }: { empty: boolean; shown: boolean; watched: Awaited<ReturnType<typeof watchedInFull>> | null },
): ClosingEvent {
  const { institutionId, courseId, personId, placementId } = attempt
  const questions = questionsOf(version.document).map(({ id, kind, topicIds }, at) => ({
    questionId: id,
    kind,
    topicIds,
    answer: answers.get(id) ?? null,
    score: grade.questions[at]?.score ?? 0,
    maxScore: grade.questions[at]?.maxScore ?? 0,
    ...(watched ? { checked: watched.checked.has(id) } : {}),
  }))
  const data = {
    ...attemptFactsOf(attempt),
    startedAt: attempt.startedAt.toISOString(),
    submittedAt: submittedAt.toISOString(),
    timeUp,
    score: grade.score,
    maxScore: grade.maxScore,
    questions,
    empty,
    answersShown: shown,
    passShare: version.document.settings.passShare ?? null,
    ...(isVideo(version) ? { watching: watchingTold(version, watched?.watching, grade) } : {}),
  }
  return { name: 'assessment.attempt.submitted', institutionId, courseId, personId, placementId, data }
}
