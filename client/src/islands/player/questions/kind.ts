// What every question kind brings: a field to answer in, what counts as answered, and how an answer (given or right) reads.
import type { AnswerValueOf, QuestionKind, QuestionViewOf } from '@cuepoint/contracts'
import type { ComponentType } from 'react'
import { playerMessages } from '../../../messages/en/player.ts'
import { words } from '../../../shell/text.ts'

export const t = words(playerMessages)

export interface FieldProps<K extends QuestionKind> {
  question: QuestionViewOf<K>
  /** Undefined while nothing was given. */
  value: AnswerValueOf<K> | undefined
  /** `typed`: more of it is likely to follow at once. */
  give(value: AnswerValueOf<K>, manner: 'typed' | 'chosen'): void
  locked: boolean
  /** Id of the prompt, which names the field. */
  promptId: string
}

export interface Kind<K extends QuestionKind> {
  Field: ComponentType<FieldProps<K>>
  isAnswered(value: AnswerValueOf<K>, question: QuestionViewOf<K>): boolean
  Given: ComponentType<{ question: QuestionViewOf<K>; value: AnswerValueOf<K> }>
}
