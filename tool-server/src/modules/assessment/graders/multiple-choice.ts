// Any number of choices, with partial credit by the author's rule (see MultipleChoiceScoring in contracts).
import type { QuestionOf } from '@cuepoint/contracts'
import { type Grader, marked, unanswered } from './grader.ts'

export const multipleChoice: Grader<'multiple-choice'> = {
  grade(question, answer) {
    const given = new Set(answer?.choiceIds)
    const ticked = question.choices.filter((choice) => given.has(choice.id))
    if (ticked.length === 0) return unanswered(question)
    const particular = ticked.map((choice) => choice.feedback)
    return marked(question, shareOf(question, given), particular)
  },
  keyOf: (question) => ({
    kind: 'multiple-choice',
    choiceIds: question.choices.filter((choice) => choice.correct).map((choice) => choice.id),
  }),
  keyInWords: () => null,
}

function shareOf({ choices, scoring }: QuestionOf<'multiple-choice'>, given: ReadonlySet<string>): number {
  const right = choices.filter((choice) => choice.correct).length
  const rightTicked = choices.filter((choice) => choice.correct && given.has(choice.id)).length
  const wrongTicked = choices.filter((choice) => !choice.correct && given.has(choice.id)).length
  switch (scoring) {
    case 'all-or-nothing':
      return rightTicked === right && wrongTicked === 0 ? 1 : 0
    case 'right-minus-wrong':
      return right === 0 ? 0 : (rightTicked - wrongTicked) / right
    case 'each-option':
      // Rightly ticked, and rightly left alone.
      return (rightTicked + (choices.length - right - wrongTicked)) / choices.length
  }
}
