// The seven question kinds; complete by type. All together they are 4 kB, so they come with the player:
// a question must never be out of reach because the network went away before its part was fetched.
import type { AnswerValue, QuestionKind, QuestionView } from '@cuepoint/contracts'
import type { Kind } from './kind.ts'
import { matching } from './matching.tsx'
import { multipleChoice } from './multiple-choice.tsx'
import { number } from './number.tsx'
import { ordering } from './ordering.tsx'
import { shortText } from './short-text.tsx'
import { singleChoice } from './single-choice.tsx'
import { trueFalse } from './true-false.tsx'

const kinds: { [K in QuestionKind]: Kind<K> } = {
  'single-choice': singleChoice,
  'multiple-choice': multipleChoice,
  'true-false': trueFalse,
  'short-text': shortText,
  number,
  ordering,
  matching,
}

export function kindOf<K extends QuestionKind>(name: K): Kind<K> {
  return kinds[name]
}

/** Something was given, be it not all that is asked. */
export function isBegun(value: AnswerValue | undefined): boolean {
  return value?.kind === 'matching' && value.matches.length > 0
}

/** Wholly answered: a half-filled matching is not. */
export function isAnswered(question: QuestionView, value: AnswerValue | undefined): boolean {
  return value?.kind === question.kind && (kinds[question.kind] as Kind<QuestionKind>).isAnswered(value, question)
}
