// A statement that is true or false.
import { type Grader, marked, unanswered } from './grader.ts'

export const trueFalse: Grader<'true-false'> = {
  grade(question, answer) {
    if (answer === null || answer.value === null) return unanswered(question)
    const particular = answer.value ? question.choiceFeedback.true : question.choiceFeedback.false
    return marked(question, answer.value === question.correct ? 1 : 0, [particular])
  },
  keyOf: (question) => ({ kind: 'true-false', value: question.correct }),
  keyInWords: () => null,
}
