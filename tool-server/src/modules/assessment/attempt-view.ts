// PURE: an attempt as it goes to a browser. The one place that decides whether keys are in a reply.
import {
  type Answer,
  type AttemptOutcome,
  type AttemptSummary,
  type AttemptView,
  RefusalKind,
  type Result,
  SeenInGradebook,
} from '@cuepoint/contracts'
import { questionViewsOf, type Version } from '../content/index.ts'
import type { Attempt, StoredResult } from './assessment.models.ts'
import { gradeOf } from './grade.ts'
import type { VideoPart } from './video-view.ts'

/** `showAnswers`: the caller may see keys and feedback once the attempt is submitted. `at`: the server's clock. `video`: of a video's attempt. */
export function attemptViewOf(
  attempt: Attempt,
  version: Version,
  saved: readonly Answer[],
  { showAnswers, at, video }: { showAnswers: boolean; at: Date; video?: VideoPart },
): AttemptView {
  const answers = video ? withSettled(saved, video.settled) : saved
  return {
    id: attempt.id,
    number: attempt.number,
    state: attempt.state,
    title: version.title,
    intro: version.document.intro,
    questions: questionViewsOf(version.document, attempt.seed),
    answers: answers.map(({ questionId, seq, value }) => ({ questionId, seq, value })),
    savedAt: attempt.savedAt?.toISOString() ?? null,
    startedAt: attempt.startedAt.toISOString(),
    deadlineAt: attempt.deadlineAt?.toISOString() ?? null,
    serverNow: at.toISOString(),
    maxScore: attempt.maxScore,
    outcome: outcomeOf(attempt, version, answers, showAnswers, video),
    video: video?.view ?? null,
  }
}

/** What was checked and can change no more stands, whatever a page saved after it. */
function withSettled(saved: readonly Answer[], settled: readonly Answer[]): Answer[] {
  const ids = new Set(settled.map(({ questionId }) => questionId))
  return [...saved.filter(({ questionId }) => !ids.has(questionId)), ...settled]
}

function outcomeOf(
  attempt: Attempt,
  version: Version,
  answers: readonly Answer[],
  showAnswers: boolean,
  video: VideoPart | undefined,
): AttemptOutcome | null {
  const { state, score, maxScore, submittedAt, timeUp } = attempt
  if (state === 'open' || score === null || submittedAt === null) return null
  const questions = showAnswers ? outcomesOf(attempt, version, answers) : null
  return { score, maxScore, submittedAt: submittedAt.toISOString(), timeUp, questions, watching: video?.watching ?? null }
}

/** Feedback and keys are worked out again from the Version; scores and verdicts are those that were given then. */
function outcomesOf(attempt: Attempt, version: Version, answers: readonly Answer[]) {
  const byQuestion = new Map(answers.map((answer) => [answer.questionId, answer.value]))
  const stored = new Map(attempt.graded?.map((mark) => [mark.questionId, mark]))
  return gradeOf(version.document, byQuestion, attempt.locale).questions.map((question) => ({
    ...question,
    ...stored.get(question.questionId),
  }))
}

/** One line of a list of attempts. */
export function attemptSummaryOf({ id, number, state, score, maxScore, submittedAt }: Attempt): AttemptSummary {
  return { id, number, state, score, maxScore, submittedAt: submittedAt?.toISOString() ?? null }
}

/** A Result with how far it has come: what the LMS said of an older revision says nothing of this one. */
export function resultViewOf(
  result: Pick<
    StoredResult,
    'score' | 'maxScore' | 'attempts' | 'syncState' | 'syncReason' | 'syncCode' | 'syncAt' | 'overridden' | 'comment'
  >,
): Result {
  const { score, maxScore, attempts, syncState, syncReason, syncCode, syncAt } = result
  const code = RefusalKind.safeParse(syncState === 'refused' ? syncCode : null).data
  const seen = SeenInGradebook.safeParse(syncState === 'accepted' ? syncCode : null).data
  const at = syncAt?.toISOString() ?? null
  const sync = { state: syncState, reason: syncReason, at, ...(code ? { code } : {}), ...(seen ? { seen } : {}) }
  return { score, maxScore, attempts, sync, override: result.overridden ? { comment: result.comment } : null }
}
