// PURE: how a believable class answers. Each learner has an ability, each question a difficulty; the better one knows, the likelier one is
// right (a logistic curve, as in item response theory). Chance comes from a seed, so that a class is the same every time.
import type { AnswerValue, QuestionView } from '@cuepoint/contracts'

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Standard normal, from two of them (Box and Muller). */
export function normal(chance: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
}

/** The likelihood of a right answer. */
export function likelihood(ability: number, difficulty: number): number {
  return 1 / (1 + Math.exp(-1.3 * (ability - difficulty)))
}

/** From easy to hard over the quiz, with a dip, so that no two questions are alike. */
export function difficultyOf(question: number, count: number): number {
  return -1.6 + (2.8 * question) / Math.max(1, count - 1) + (question % 3 === 1 ? 0.7 : 0)
}

/** What a learner gives who does not know: plausible, and wrong more often than not. */
export function guess(question: QuestionView, key: AnswerValue, chance: () => number): AnswerValue {
  const one = <T>(list: readonly T[]): T | undefined => list[Math.floor(chance() * list.length)]
  switch (question.kind) {
    case 'single-choice': {
      const right = key.kind === 'single-choice' ? key.choiceId : null
      // The first wrong option tempts most.
      const wrong = question.choices.map(({ id }) => id).filter((id) => id !== right)
      return { kind: 'single-choice', choiceId: (chance() < 0.5 ? wrong.toSorted()[0] : one(wrong)) ?? null }
    }
    case 'multiple-choice':
      return { kind: 'multiple-choice', choiceIds: question.choices.flatMap(({ id }) => (chance() < 0.5 ? [id] : [])) }
    case 'true-false':
      return { kind: 'true-false', value: chance() < 0.5 }
    case 'short-text':
      return { kind: 'short-text', text: one(['mean', 'median', 'variance', 'sample', 'not sure']) ?? '' }
    case 'number':
      return { kind: 'number', text: String(Math.round(chance() * 40) / 4) }
    case 'ordering':
      return { kind: 'ordering', itemIds: question.items.map(({ id }) => id) }
    case 'matching': {
      const matches = question.matches.map(({ id }) => id)
      return { kind: 'matching', matches: question.prompts.map(({ id }) => ({ promptId: id, matchId: one(matches) ?? '' })) }
    }
  }
}
