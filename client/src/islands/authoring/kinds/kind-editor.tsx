// Which editor edits which kind: complete by type, so that a new kind does not compile without one.
import type { Question, QuestionKind, QuestionOf } from '@cuepoint/contracts'
import type { ComponentType } from 'react'
import type { Editing } from './editing.ts'
import { MatchingEditor } from './matching.tsx'
import { MultipleChoiceEditor } from './multiple-choice.tsx'
import { NumberEditor } from './number.tsx'
import { OrderingEditor } from './ordering.tsx'
import { ShortTextEditor } from './short-text.tsx'
import { SingleChoiceEditor } from './single-choice.tsx'
import { TrueFalseEditor } from './true-false.tsx'

const editors: { [K in QuestionKind]: ComponentType<Editing<K>> } = {
  'single-choice': SingleChoiceEditor,
  'multiple-choice': MultipleChoiceEditor,
  'true-false': TrueFalseEditor,
  'short-text': ShortTextEditor,
  number: NumberEditor,
  ordering: OrderingEditor,
  matching: MatchingEditor,
}

interface Props {
  readonly question: Question
  readonly locale: string
  onQuestion(question: Question): void
}

export function KindEditor({ question, locale, onQuestion }: Props) {
  // Each editor takes the question of its own kind, which the map's type promises and the compiler can't follow.
  const Editor = editors[question.kind] as ComponentType<Editing<QuestionKind>>
  const change = (part: Partial<QuestionOf<QuestionKind>>) => onQuestion({ ...question, ...part } as Question)
  return <Editor question={question} locale={locale} onChange={change} />
}
