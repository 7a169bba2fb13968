// One choice of several.
import { type Grader, marked, unanswered } from './grader.ts'

export const singleChoice: Grader<'single-choice'> = {
  grade(question, answer) {
    const chosen = question.choices.find((choice) => choice.id === answer?.choiceId)
    if (!chosen) return unanswered(question)
    return marked(question, chosen.correct ? 1 : 0, [chosen.feedback])
  },
  keyOf: (question) => ({ kind: 'single-choice', choiceId: question.choices.find((choice) => choice.correct)?.id ?? null }),
  keyInWords: () => null,
}
