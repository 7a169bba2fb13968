// What every kind's editor is given.
import type { QuestionKind, QuestionOf } from '@cuepoint/contracts'

export interface Editing<K extends QuestionKind> {
  readonly question: QuestionOf<K>
  readonly locale: string
  onChange(change: Partial<QuestionOf<K>>): void
}
