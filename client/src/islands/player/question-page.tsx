// One question: its place and points, its prompt, and the field of its kind.
import type { AnswerValue, QuestionKind, QuestionView } from '@cuepoint/contracts'
import { useEffect, useRef } from 'react'
import { numeral } from '../../shell/locale.ts'
import { Rich } from '../../shell/rich.tsx'
import { type Kind, t } from './questions/kind.ts'
import { kindOf } from './questions/kinds.ts'

export function QuestionPage(props: {
  question: QuestionView
  number: number
  count: number
  value: AnswerValue | undefined
  give(value: AnswerValue, manner: 'typed' | 'chosen'): void
  locked: boolean
  /** Focus goes to the heading: after a move between questions, not on the first paint. */
  focus: boolean
}) {
  const { question, number, count, value, give, locked, focus } = props
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per question; each has its own component by key
  useEffect(() => {
    if (focus) heading.current?.focus()
  }, [])
  const { Field } = kindOf(question.kind) as Kind<QuestionKind>
  const promptId = `${question.id}-prompt`
  return (
    <section className="cpq-question" aria-labelledby={`${question.id}-heading`}>
      <h2 ref={heading} tabIndex={-1} id={`${question.id}-heading`}>
        {t('question', { number, n: count })} <span className="cpq-points">{t('points', { n: numeral(question.points) })}</span>
      </h2>
      <Rich html={question.prompt} id={promptId} className="cpq-prompt" />
      <Field
        question={question}
        value={value?.kind === question.kind ? value : undefined}
        give={give}
        locked={locked}
        promptId={promptId}
      />
    </section>
  )
}
