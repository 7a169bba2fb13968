// The numbered list of questions: where you are, what is answered, a way to jump. State is told by a mark and in words.
import type { QuestionView } from '@cuepoint/contracts'
import { t } from './questions/kind.ts'

export function QuestionList(props: {
  questions: readonly QuestionView[]
  unanswered: ReadonlySet<number>
  refused: ReadonlySet<string>
  /** null: none of them is shown. */
  at: number | null
  goTo(index: number): void
  locked: boolean
}) {
  const { questions, unanswered, refused, at, goTo, locked } = props
  const stateOf = (index: number) =>
    refused.has(questions[index]?.id ?? '') ? 'refused' : unanswered.has(index) ? 'unanswered' : 'answered'
  return (
    <nav className="cpq-list" aria-labelledby="cpq-list-title">
      <h2 id="cpq-list-title">{t('questions')}</h2>
      <ol>
        {questions.map((question, index) => {
          const state = stateOf(index)
          return (
            <li key={question.id}>
              <button
                type="button"
                className={`cpq-jump cpq-jump-${state}`}
                aria-label={t(`state.${state}`, { number: index + 1 })}
                aria-current={at === index ? 'step' : undefined}
                disabled={locked}
                onClick={() => goTo(index)}
              >
                {index + 1}
                {state === 'unanswered' ? null : (
                  <svg viewBox="0 0 24 24" width="14" height="14" aria-hidden="true">
                    <path d={state === 'answered' ? 'M4 12l2-2 4 4 8-8 2 2-10 10z' : 'M11 4h2v10h-2zM11 17h2v3h-2z'} fill="currentColor" />
                  </svg>
                )}
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
