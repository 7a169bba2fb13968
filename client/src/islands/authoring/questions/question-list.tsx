// All questions of the quiz, one open at a time; what adding, copying, moving and deleting do to the list and to the focus.
import type { DraftIssue, Question, QuestionKind, QuizDocument } from '@cuepoint/contracts'
import { Fragment, type ReactNode } from 'react'
import { announce } from '../../../shell/live-region.tsx'
import { blankQuestion } from '../draft/blank-question.ts'
import { copyOf, withChangedQuestion, withMovedQuestion, withoutQuestion, withQuestion } from '../draft/edits.ts'
import { focusOn } from '../fields/focus.ts'
import { useDeleted } from '../fields/use-deleted.tsx'
import type { Topics } from '../topics/use-topics.ts'
import { t } from '../words.ts'
import { AddQuestion } from './add-question.tsx'
import { QuestionCard } from './question-card.tsx'

interface Props {
  readonly document: QuizDocument
  readonly issues: readonly DraftIssue[]
  readonly topics: Topics
  readonly locale: string
  /** The id of the open question. */
  readonly open: string | null
  /** Repeated at the foot of the open question, where the eye is. */
  readonly saveState: ReactNode
  onOpen(id: string | null): void
  onEdit(edit: (document: QuizDocument) => QuizDocument): void
}

const MOST = 200

export function QuestionList({ document, issues, topics, locale, open, saveState, onOpen, onEdit }: Props) {
  const { questions } = document
  const deleted = useDeleted<{ question: Question; at: number }>({
    ...{ undoId: 'undo-question', headingId: 'au-questions' },
    gone: ({ at }) => t('questionDeleted', { number: at + 1 }),
    back: ({ at }) => t('questionBack', { number: at + 1 }),
    restore: ({ question, at }) => onEdit((now) => withQuestion(now, question, at)),
    focusBack: ({ question }) => `head-${question.id}`,
  })
  const put = (question: Question, at: number) => {
    onEdit((now) => withQuestion(now, question, at))
    onOpen(question.id)
    focusOn(`prompt-${question.id}`)
  }
  const add = (kind: QuestionKind) => {
    put(blankQuestion(kind), questions.length)
    announce(t('questionAdded', { number: questions.length + 1 }))
  }
  const copy = (question: Question, at: number) => {
    put(copyOf(question), at + 1)
    announce(t('questionCopied', { number: at + 2 }))
  }
  const move = (question: Question, at: number, by: number) => {
    onEdit((now) => withMovedQuestion(now, question.id, by))
    announce(t('questionMoved', { number: at + 1 + by, count: questions.length }))
    focusOn(`${by < 0 ? 'up' : 'down'}-${question.id}`)
  }
  const remove = (question: Question, at: number) => {
    onEdit((now) => withoutQuestion(now, question.id))
    if (open === question.id) onOpen(null)
    deleted.remember({ question, at })
  }
  return (
    <section aria-labelledby="au-questions">
      <h2 id="au-questions" tabIndex={-1}>
        {t('questions', { n: questions.length })}
      </h2>
      {questions.length === 0 && !deleted.last && <p className="au-empty">{t('noQuestions')}</p>}
      <ol className="au-cards">
        {questions.map((question, at) => (
          <Fragment key={question.id}>
            {deleted.last?.at === at && <li>{deleted.note}</li>}
            <QuestionCard
              question={question}
              number={at + 1}
              count={questions.length}
              issues={issues.filter((issue) => issue.questionId === question.id)}
              topics={topics}
              locale={locale}
              open={open === question.id}
              saveState={saveState}
              onOpen={(is) => onOpen(is ? question.id : null)}
              onQuestion={(next) => onEdit((now) => withChangedQuestion(now, next))}
              onCopy={() => copy(question, at)}
              onMove={(by) => move(question, at, by)}
              onRemove={() => remove(question, at)}
            />
          </Fragment>
        ))}
        {deleted.last && deleted.last.at >= questions.length && <li>{deleted.note}</li>}
      </ol>
      {questions.length < MOST ? <AddQuestion first={questions.length === 0} onAdd={add} /> : <p>{t('questionsFull')}</p>}
    </section>
  )
}
