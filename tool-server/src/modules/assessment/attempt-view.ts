// PURE: an attempt as it goes to a browser. The one place that decides whether keys are in a reply.
import { type Answer, type AttemptOutcome, type AttemptSummary, type AttemptView, RefusalKind, type Result } from '@cuepoint/contracts'
import { questionViewsOf, type Version } from '../content/index.ts'
import type { Attempt, StoredResult } from './assessment.models.ts'
import { gradeOf } from './grade.ts'

/** `showAnswers`: the caller may see keys and feedback once the attempt is submitted. `at`: the server's clock. */
export function attemptViewOf(
  attempt: Attempt,
  version: Version,
  answers: readonly Answer[],
  { showAnswers, at }: { showAnswers: boolean; at: Date },
): AttemptView {
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
    outcome: outcomeOf(attempt, version, answers, showAnswers),
  }
}

function outcomeOf(attempt: Attempt, version: Version, answers: readonly Answer[], showAnswers: boolean): AttemptOutcome | null {
  const { state, score, maxScore, submittedAt, timeUp } = attempt
  if (state === 'open' || score === null || submittedAt === null) return null
  const questions = showAnswers ? outcomesOf(attempt, version, answers) : null
  return { score, maxScore, submittedAt: submittedAt.toISOString(), timeUp, questions }
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
  const sync = { state: syncState, reason: syncReason, at: syncAt?.toISOString() ?? null, ...(code ? { code } : {}) }
  return { score, maxScore, attempts, sync, override: result.overridden ? { comment: result.comment } : null }
}
