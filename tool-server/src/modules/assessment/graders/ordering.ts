// Items to put in their right order.
import { type Grader, marked, unanswered } from './grader.ts'

export const ordering: Grader<'ordering'> = {
  grade(question, answer) {
    const given = answer?.itemIds ?? []
    if (given.length === 0) return unanswered(question)
    const inPlace = question.items.filter((item, at) => given[at] === item.id).length
    if (question.scoring === 'all-or-nothing') return marked(question, inPlace === question.items.length ? 1 : 0)
    return marked(question, question.items.length === 0 ? 0 : inPlace / question.items.length)
  },
  keyOf: (question) => ({ kind: 'ordering', itemIds: question.items.map((item) => item.id) }),
  keyInWords: () => null,
}
