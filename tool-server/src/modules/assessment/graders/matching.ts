// Prompts to give their right match. Distractors are matches that fit nothing.
import { type Grader, marked, unanswered } from './grader.ts'

export const matching: Grader<'matching'> = {
  grade(question, answer) {
    // A prompt given twice counts by its last match.
    const given = new Map(answer?.matches.map(({ promptId, matchId }) => [promptId, matchId]))
    if (given.size === 0) return unanswered(question)
    const right = question.pairs.filter((pair) => given.get(pair.id) === pair.match.id).length
    if (question.scoring === 'all-or-nothing') return marked(question, right === question.pairs.length ? 1 : 0)
    return marked(question, question.pairs.length === 0 ? 0 : right / question.pairs.length)
  },
  keyOf: (question) => ({
    kind: 'matching',
    matches: question.pairs.map((pair) => ({ promptId: pair.id, matchId: pair.match.id })),
  }),
  keyInWords: () => null,
}
