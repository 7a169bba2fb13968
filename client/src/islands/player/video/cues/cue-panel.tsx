// The question that is due: answered here, checked on the server, and the ways on from its outcome.
import type { CueState, QuestionView } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useEffect, useRef, useState } from 'react'
import { clockOf } from '../../../../shell/clock-time.ts'
import { announce } from '../../../../shell/live-region.tsx'
import { numeral } from '../../../../shell/locale.ts'
import { QuestionPage } from '../../question-page.tsx'
import { isAnswered, isBegun } from '../../questions/kinds.ts'
import type { RoomParts } from '../parts.ts'
import { t } from '../words.ts'
import { CueResult } from './cue-result.tsx'

export function CuePanel(parts: RoomParts & { cue: CueState; question: QuestionView }) {
  const { cue, question, attempt, answers, saved, viewing, now, records, launch } = parts
  const value = saved.values.get(question.id)
  const checking = now.checking === cue.id
  const waits = now.unchecked.has(cue.id)
  const { outcome, settled } = cue
  // What was checked last, so that a changed answer hides the outcome of the one before.
  const [checkedSeq, setCheckedSeq] = useState<number | null>(null)
  const [fresh, setFresh] = useState(false)
  const [hint, setHint] = useState<string | null>(null)
  const seq = answers.latest(question.id)?.seq ?? null
  const shown = outcome !== null && (settled || (fresh && checkedSeq === seq)) ? outcome : null
  const result = useRef<HTMLDivElement>(null)
  const before = useRef(outcome)
  useEffect(() => {
    if (before.current === outcome) return
    before.current = outcome
    if (!outcome) return
    setFresh(true)
    result.current?.focus({ preventScroll: true })
  }, [outcome])
  const mayGo = !records || settled || waits || !cue.required
  const locked = settled || checking || saved.submit !== 'no' || launch?.session.role === 'viewer' || now.problem !== null
  const check = () => {
    if (!isAnswered(question, value)) {
      const words = t(isBegun(value) ? 'partAnswered' : 'notAnswered')
      setHint(words)
      return announce(words, 'assertive')
    }
    setHint(null)
    setCheckedSeq(seq)
    setFresh(false)
    viewing.check(cue.id)
  }
  const back = shown && !settled ? shown.backToSeconds : null
  return (
    <div id="cpv-cue" className="cpv-cue">
      <p className="cpv-cue-at">
        <span className="cpv-time">{clockOf(cue.atSeconds)}</span>{' '}
        {settled ? null : t(records ? (cue.required ? 'cueRequired' : 'cueOptional') : 'cueLook')}
      </p>
      <QuestionPage
        question={question}
        number={attempt.questions.indexOf(question) + 1}
        count={attempt.questions.length}
        value={value}
        give={(given, manner) => {
          setHint(null)
          parts.changes.set(question.id, (parts.changes.get(question.id) ?? 0) + 1)
          answers.give(question.id, given, manner)
        }}
        locked={locked || back !== null}
        focus
      />
      <div ref={result} tabIndex={-1} className="cpv-result">
        {shown ? <CueResult outcome={shown} settled={settled} /> : null}
        {waits ? <p role="status">{t('unchecked')}</p> : null}
        {hint ? <p className="cpv-hint">{hint}</p> : null}
      </div>
      <div className="cp-actions">
        {settled || waits || !records ? (
          <Button key="go" color="primary" onClick={() => viewing.goOn()}>
            {t('goOn')}
          </Button>
        ) : back !== null ? (
          <Button key="back" color="primary" onClick={() => viewing.showCue(cue.id)}>
            {t('watchAgain', { time: clockOf(back) })}
          </Button>
        ) : (
          <Button key="check" color="primary" interaction={checking || locked ? 'disabled' : 'enabled'} onClick={check}>
            {t(checking ? 'checking' : 'check')}
          </Button>
        )}
        {mayGo && !settled && !waits && records ? (
          <Button interaction={checking ? 'disabled' : 'enabled'} onClick={() => viewing.goOn()}>
            {t('skip')}
          </Button>
        ) : null}
        {!settled && outcome?.triesLeft ? <span className="cpq-hint">{t('triesLeft', { n: numeral(outcome.triesLeft) })}</span> : null}
        {!outcome && cue.triesAllowed !== null && records ? (
          <span className="cpq-hint">{t('triesLeft', { n: cue.triesAllowed })}</span>
        ) : null}
      </div>
    </div>
  )
}
