// PURE: a whole attempt's grade. The same document, answers and locale always give the same one.
import type { ActivityDocument, AnswerValue, QuestionOutcome, VideoSettings, WatchOutcome } from '@cuepoint/contracts'
import { questionsOf, roundedPoints } from '../content/index.ts'
import { gradeQuestion, keyOf } from './graders/index.ts'
import { watchScoreOf } from './watch.ts'

export interface Grade {
  score: number
  maxScore: number
  /** With keys: not for learners before they may see them. */
  questions: QuestionOutcome[]
  /** Of a video: what watching earned. */
  watching: WatchOutcome | null
}

/** Grades all questions of a document; `answers` by question id, `watchedShare` of a video. */
export function gradeOf(document: ActivityDocument, answers: ReadonlyMap<string, AnswerValue>, locale: string, watchedShare = 0): Grade {
  const watching = document.kind === 'video' ? watchGradeOf(document.settings, watchedShare) : null
  let exact = watching?.score ?? 0
  let most = watching?.maxScore ?? 0
  const questions = questionsOf(document).map((question): QuestionOutcome => {
    const { score, verdict, feedback } = gradeQuestion(question, answers.get(question.id) ?? null, locale)
    exact += score
    most += question.points
    const rounded = Math.min(roundedPoints(score), question.points)
    return { questionId: question.id, score: rounded, maxScore: question.points, verdict, feedback, ...keyOf(question, locale) }
  })
  // Summed before rounding: three thirds of a point are one point, not 0.999999.
  const maxScore = roundedPoints(most)
  return { score: Math.min(roundedPoints(exact), maxScore), maxScore, questions, watching: watching && rounded(watching) }
}

function watchGradeOf({ watchedThreshold, watchPoints }: VideoSettings, share: number): WatchOutcome {
  return { share, score: watchScoreOf(share, watchedThreshold, watchPoints), maxScore: watchPoints }
}

function rounded(watching: WatchOutcome): WatchOutcome {
  return { ...watching, score: roundedPoints(watching.score) }
}
