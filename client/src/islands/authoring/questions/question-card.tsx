// One question in the list: its head with the tools, and its editor while it is open.
import type { DraftIssue, Question } from '@cuepoint/contracts'
import type { ReactNode } from 'react'
import { Icon } from '../fields/icon.tsx'
import { MarkButton } from '../fields/mark-button.tsx'
import { plainText } from '../rich-text/clean.ts'
import type { Topics } from '../topics/use-topics.ts'
import { t } from '../words.ts'
import { QuestionForm } from './question-form.tsx'

interface Props {
  readonly question: Question
  readonly number: number
  readonly count: number
  readonly issues: readonly DraftIssue[]
  readonly topics: Topics
  readonly locale: string
  readonly open: boolean
  readonly saveState: ReactNode
  onOpen(open: boolean): void
  onQuestion(question: Question): void
  onCopy(): void
  onMove(by: number): void
  onRemove(): void
}

export function QuestionCard(props: Props) {
  const { question, number, count, issues, topics, locale, open, saveState, onOpen, onQuestion, onCopy, onMove, onRemove } = props
  const { id, kind, points } = question
  const name = t('question', { number })
  return (
    <li className="au-card" data-open={open}>
      <div className="au-card-head">
        <h3>
          <button type="button" id={`head-${id}`} aria-expanded={open} onClick={() => onOpen(!open)}>
            <Icon name={open ? 'close' : 'open'} />
            <span className="au-card-name">
              <span className="au-card-number">{number}.</span> {plainText(question.prompt) || <em>{t('noPrompt')}</em>}
              <span className="au-card-facts">
                {t(`kind.${kind}`)} · {t('points', { points })}
              </span>
            </span>
          </button>
        </h3>
        <div className="au-card-tools">
          <MarkButton icon="up" id={`up-${id}`} off={number === 1} label={t('moveUp', { name })} onClick={() => onMove(-1)} />
          <MarkButton icon="down" id={`down-${id}`} off={number === count} label={t('moveDown', { name })} onClick={() => onMove(1)} />
          <MarkButton icon="copy" label={t('duplicate', { name })} onClick={onCopy} />
          <MarkButton icon="trash" label={t('remove', { name })} onClick={onRemove} />
        </div>
      </div>
      {issues.length > 0 && (
        <ul className="au-issues">
          {issues.map((issue) => (
            <li key={`${issue.code} ${issue.message}`}>
              <Icon name="warn" />
              {issue.message}
            </li>
          ))}
        </ul>
      )}
      {open && (
        <div className="au-card-body">
          <QuestionForm question={question} number={number} topics={topics} locale={locale} onQuestion={onQuestion} />
          <div className="au-card-foot">{saveState}</div>
        </div>
      )}
    </li>
  )
}
