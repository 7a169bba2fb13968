// All graders by question kind. A kind without its grader does not compile.
import type { AnswerValue, AnswerValueOf, Question, QuestionKind } from '@cuepoint/contracts'
import type { Graded, Grader } from './grader.ts'
import { matching } from './matching.ts'
import { multipleChoice } from './multiple-choice.ts'
import { number } from './number.ts'
import { ordering } from './ordering.ts'
import { shortText } from './short-text.ts'
import { singleChoice } from './single-choice.ts'
import { trueFalse } from './true-false.ts'

export const graders: { readonly [K in QuestionKind]: Grader<K> } = {
  'single-choice': singleChoice,
  'multiple-choice': multipleChoice,
  'true-false': trueFalse,
  'short-text': shortText,
  number,
  ordering,
  matching,
}

/** Grades any question. An answer of another kind counts as none. */
export function gradeQuestion(question: Question, answer: AnswerValue | null, locale: string): Graded {
  const fitting = answer?.kind === question.kind ? answer : null
  return graderOf(question).grade(question, fitting as AnswerValueOf<QuestionKind> | null, locale)
}

/** The key of any question, as an answer and in words. */
export function keyOf(question: Question, locale: string): { key: AnswerValue; keyInWords: string | null } {
  const grader = graderOf(question)
  return { key: grader.keyOf(question, locale), keyInWords: grader.keyInWords(question, locale) }
}

/** TypeScript cannot see that the grader at `question.kind` takes that very question; the map's type has settled it. */
function graderOf(question: Question): Grader<QuestionKind> {
  return graders[question.kind] as unknown as Grader<QuestionKind>
}
