// What a grader is, and how a share of rightness becomes points and a verdict. PURE, like every grader.
import type { AnswerValueOf, QuestionKind, QuestionOf, Verdict } from '@cuepoint/contracts'

export interface Graded {
  /** In [0, points of the question]. */
  score: number
  verdict: Verdict
  /** Feedback texts that apply to what was given, the most particular first. */
  feedback: string[]
}

/** How one kind of question is marked. Answers come from browsers: ids that do not exist or occur twice must do no harm. */
export interface Grader<K extends QuestionKind> {
  /** `locale` (BCP 47) is the one the learner typed in; null = no answer. */
  grade(question: QuestionOf<K>, answer: AnswerValueOf<K> | null, locale: string): Graded
  /** The key in the shape of an answer. */
  keyOf(question: QuestionOf<K>, locale: string): AnswerValueOf<K>
  /** The key in words, where an answer cannot say it (alternatives, tolerance); else null. */
  keyInWords(question: QuestionOf<K>, locale: string): string | null
}

interface Marked {
  points: number
  feedback: { right: string; wrong: string }
}

/** The outcome of a given answer: `share` is how right it is, in [0, 1]; `particular` is feedback to what was chosen. */
export function marked(question: Marked, share: number, particular: readonly string[] = []): Graded {
  const bounded = Math.min(1, Math.max(0, share))
  const general = bounded === 1 ? question.feedback.right : question.feedback.wrong
  return {
    score: question.points * bounded,
    verdict: bounded === 1 ? 'right' : bounded > 0 ? 'partly' : 'wrong',
    feedback: [...particular, general].filter((text) => text !== ''),
  }
}

/** The outcome where nothing was given. */
export function unanswered(question: Marked): Graded {
  return { score: 0, verdict: 'unanswered', feedback: question.feedback.wrong === '' ? [] : [question.feedback.wrong] }
}
