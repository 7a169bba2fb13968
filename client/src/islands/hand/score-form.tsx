// Sets the score that counts, with a comment for the learner.
import type { LearnerPage } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { TextInput } from '@instructure/ui-text-input'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { call } from '../../api/call.ts'
import { announce } from '../../shell/live-region.tsx'
import { numeral } from '../../shell/locale.ts'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { numberIn } from './number-in.ts'
import { t } from './words.ts'

interface Props {
  readonly page: LearnerPage
  readonly locale: string
  /** Null: nothing was changed. */
  onDone(page: LearnerPage | null): void
}

export function ScoreForm({ page, locale, onDone }: Props) {
  const { result, override, placementId, person } = page
  const max = page.attempts.filter(({ state }) => state === 'submitted').at(-1)?.maxScore ?? result?.maxScore ?? 0
  const [text, setText] = useState(() => numeral(override?.score ?? result?.score ?? 0))
  const [comment, setComment] = useState(override?.comment ?? '')
  const [tried, setTried] = useState(false)
  const commentId = useId()
  const field = useRef<HTMLInputElement | null>(null)
  // The button that opened the form is gone.
  useEffect(() => field.current?.focus(), [])
  const score = numberIn(text, locale)
  const saving = useAction(async (given: number) => {
    const body = { score: given, comment: comment.trim() || null }
    onDone(
      await call('PUT /api/placements/:placementId/learners/:personId/override', { params: { placementId, personId: person.id }, body }),
    )
    announce(t('override.done'))
  })
  const save = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (score !== null) void saving.start(score)
    else field.current?.focus()
  }
  const wrong = tried && score === null
  const above = score !== null && score > max
  return (
    <form className="hand-form" onSubmit={save} aria-label={t('override.title')} noValidate>
      <TextInput
        renderLabel={t('override.score', { max: numeral(max) })}
        value={text}
        inputMode="decimal"
        width="12rem"
        inputRef={(node) => {
          field.current = node
        }}
        messages={
          wrong ? [{ type: 'newError', text: t('override.bad') }] : above ? [{ type: 'hint', text: t('above', { max: numeral(max) }) }] : []
        }
        onChange={(_, typed) => setText(typed)}
      />
      <label htmlFor={commentId}>{t('override.comment')}</label>
      <textarea id={commentId} rows={3} maxLength={2000} value={comment} onChange={(event) => setComment(event.target.value)} />
      <ProblemAlert error={saving.error} onRetry={() => score !== null && void saving.start(score)} />
      <div className="cp-actions">
        <Button type="submit" color="primary" interaction={saving.pending ? 'disabled' : 'enabled'}>
          {saving.pending ? t('override.saving') : t('override.save')}
        </Button>
        <Button onClick={() => onDone(null)}>{t('override.cancel')}</Button>
      </div>
    </form>
  )
}
