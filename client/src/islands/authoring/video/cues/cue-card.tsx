// One question at its moment: its head with the tools, and while open its moment, its rules and the question's own form.
import type { Cue, DraftIssue } from '@cuepoint/contracts'
import type { ReactNode } from 'react'
import { preciseClockOf } from '../../../../shell/clock-time.ts'
import { Icon } from '../../fields/icon.tsx'
import { MarkButton } from '../../fields/mark-button.tsx'
import { QuestionForm } from '../../questions/question-form.tsx'
import { plainText } from '../../rich-text/clean.ts'
import type { Topics } from '../../topics/use-topics.ts'
import { t } from '../../words.ts'
import type { Playhead } from '../timeline/use-playhead.ts'
import { vt } from '../words.ts'
import { CueMoment } from './cue-moment.tsx'
import { CueRules } from './cue-rules.tsx'

interface Props {
  readonly cue: Cue
  readonly number: number
  readonly issues: readonly DraftIssue[]
  readonly topics: Topics
  readonly locale: string
  readonly playhead: Playhead
  readonly open: boolean
  readonly saveState: ReactNode
  onOpen(open: boolean): void
  onCue(cue: Cue): void
  onCopy(): void
  onRemove(): void
}

export function CueCard({ cue, number, issues, topics, locale, playhead, open, saveState, onOpen, onCue, onCopy, onRemove }: Props) {
  const { question, atSeconds } = cue
  const name = vt('cueName', { time: preciseClockOf(atSeconds) })
  return (
    <li className="au-card" data-open={open}>
      <div className="au-card-head">
        <h3>
          <button type="button" id={`head-${question.id}`} aria-expanded={open} onClick={() => onOpen(!open)}>
            <Icon name={open ? 'close' : 'open'} />
            <span className="au-card-name">
              <span className="vau-moment">{preciseClockOf(atSeconds)}</span> <span className="au-card-number">{number}.</span>{' '}
              {plainText(question.prompt) || <em>{t('noPrompt')}</em>}
              <span className="au-card-facts">
                {t(`kind.${question.kind}`)} · {t('points', { points: question.points })} ·{' '}
                {vt(cue.required ? 'cueWay.required' : 'cueWay.optional')}
              </span>
            </span>
          </button>
        </h3>
        <div className="au-card-tools">
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
          <CueMoment cue={cue} playhead={playhead} onCue={onCue} />
          <CueRules cue={cue} locale={locale} onCue={onCue} />
          <QuestionForm
            question={question}
            number={number}
            topics={topics}
            locale={locale}
            onQuestion={(next) => onCue({ ...cue, question: next })}
          />
          <div className="au-card-foot">{saveState}</div>
        </div>
      )}
    </li>
  )
}
