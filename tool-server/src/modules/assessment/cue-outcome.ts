// PURE: what a learner hears of a checked answer. Never the key: the outcome of the handed-in attempt brings it, where it may.
import type { Answer, Cue, CueOutcome, CueState, ShowAnswers } from '@cuepoint/contracts'
import { roundedPoints } from '../content/index.ts'
import type { CueCheck } from './cue-rows.ts'
import { gradeQuestion } from './graders/index.ts'

/** `tells`: how right it was, and the feedback to it, may be shown now. Where another try hangs on it, right or not is told anyway. */
export function cueOutcomeOf(cue: Cue, check: CueCheck, { tells, locale }: { tells: boolean; locale: string }): CueOutcome {
  const { question, triesAllowed, backToSeconds } = cue
  const { tries, settled, verdict, score, answer } = check
  const retries = triesAllowed !== 1
  const left = settled ? 0 : triesAllowed === null ? null : triesAllowed - tries
  return {
    verdict: tells || retries ? verdict : null,
    score: tells ? roundedPoints(score) : null,
    maxScore: question.points,
    feedback: tells ? gradeQuestion(question, answer, locale).feedback : [],
    backToSeconds: settled || verdict === 'right' ? null : backToSeconds,
    triesUsed: tries,
    triesLeft: left,
    settled,
  }
}

/** May it be told how right an answer was while the attempt is open? A moment later it could be handed in, and shown. */
export function tellsAtOnce({ showAnswers }: { showAnswers: ShowAnswers }): boolean {
  return showAnswers === 'after-submit'
}

/** A cue as a learner's page keeps it. */
export function cueStateOf(cue: Cue, check: CueCheck | undefined, how: { tells: boolean; locale: string }): CueState {
  const { id, atSeconds, question, required, triesAllowed } = cue
  return {
    id,
    atSeconds,
    questionId: question.id,
    required,
    triesAllowed,
    triesUsed: check?.tries ?? 0,
    settled: check?.settled ?? false,
    outcome: check ? cueOutcomeOf(cue, check, how) : null,
  }
}

/** The answers that count: of a checked question the last checked one, of every other what was saved. */
export function countedAnswers(saved: readonly Answer[], checks: ReadonlyMap<string, CueCheck>): Answer[] {
  const checked = [...checks.values()].map(({ questionId, seq, answer }): Answer => ({ questionId, seq, value: answer }))
  const ids = new Set(checked.map(({ questionId }) => questionId))
  return [...saved.filter(({ questionId }) => !ids.has(questionId)), ...checked]
}
