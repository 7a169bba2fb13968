// What an institution keeps, and for how long. What a change would delete today is counted before it can be saved.
import type { PrivacySettings, RetentionPreview } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useEffect, useId, useRef, useState } from 'react'
import { call } from '../../../api/call.ts'
import { announce } from '../../../shell/live-region.tsx'
import { numeral } from '../../../shell/locale.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { t } from './words.ts'

interface Props {
  readonly institutionId: string
  readonly settings: PrivacySettings
  onSaved(): Promise<void>
}

const usualMonths = [1, 3, 6, 12, 18, 24, 36, 60, 120]

export function Settings({ institutionId, settings, onSaved }: Props) {
  const [it, setIt] = useState(settings)
  const [said, setSaid] = useState('')
  const { preview, error } = usePreview(institutionId, it)
  const change = (some: Partial<PrivacySettings>) => {
    setSaid('')
    setIt((before) => ({ ...before, ...some }))
  }
  const save = useAction(async () => {
    await call('POST /api/admin/privacy/settings', { body: { institutionId, settings: it } })
    await onSaved()
    setSaid(t('saved'))
    announce(t('saved'))
  })
  const deletes = preview !== null && preview.attempts + preview.events + preview.statements > 0
  const keepsAll = it.workMonths === null && it.recordMonths === null
  return (
    <section className="privacy-part">
      <h2>{t('keep')}</h2>
      <form
        className="privacy-form"
        onSubmit={(event) => {
          event.preventDefault()
          void save.start()
        }}
      >
        <MonthsChoice words={t('work')} hint={t('workHint')} value={it.workMonths} onChange={(workMonths) => change({ workMonths })} />
        <MonthsChoice
          words={t('records')}
          hint={t('recordsHint')}
          value={it.recordMonths}
          onChange={(recordMonths) => change({ recordMonths })}
        />
        <div>
          <label className="privacy-tick">
            <input type="checkbox" checked={it.pseudonyms} onChange={(event) => change({ pseudonyms: event.target.checked })} />
            <span>{t('pseudonyms')}</span>
          </label>
          <p className="admin-quiet">{t('pseudonymsHint')}</p>
        </div>
        <p className={deletes ? 'privacy-would' : 'admin-quiet'} role="status">
          {keepsAll
            ? t('nothingMore')
            : preview === null
              ? error
                ? ''
                : t('counting')
              : deletes
                ? t('would', told(preview))
                : t('nothing')}
        </p>
        <ProblemAlert error={error} />
        <div className="cp-actions">
          <Button type="submit" color={deletes ? 'danger' : 'primary'} interaction={keepsAll || preview ? 'enabled' : 'disabled'}>
            {deletes ? t('saveAndDelete') : t('save')}
          </Button>
          {said ? <span className="admin-said">{said}</span> : null}
        </div>
        <ProblemAlert error={save.error} />
      </form>
    </section>
  )
}

function told(preview: RetentionPreview): Record<string, string | number> {
  // A number that chooses its words is written plain where it is one, else as the reader writes numbers.
  return Object.fromEntries(Object.entries(preview).map(([name, count]) => [name, count === 1 ? 1 : numeral(count)]))
}

/** The figures of what is chosen now; null while they are counted. */
function usePreview(institutionId: string, { workMonths, recordMonths }: PrivacySettings) {
  const [state, setState] = useState<{ preview: RetentionPreview | null; error: unknown }>({ preview: null, error: null })
  const turn = useRef(0)
  useEffect(() => {
    const mine = ++turn.current
    setState({ preview: null, error: null })
    if (workMonths === null && recordMonths === null) return
    call('POST /api/admin/privacy/preview', { body: { institutionId, workMonths, recordMonths } }).then(
      (preview) => mine === turn.current && setState({ preview, error: null }),
      (error: unknown) => mine === turn.current && setState({ preview: null, error }),
    )
  }, [institutionId, workMonths, recordMonths])
  return state
}

interface Choice {
  readonly words: string
  readonly hint: string
  readonly value: number | null
  onChange(months: number | null): void
}

function MonthsChoice({ words, hint, value, onChange }: Choice) {
  const id = useId()
  const months = value === null || usualMonths.includes(value) ? usualMonths : [...usualMonths, value].sort((a, b) => a - b)
  return (
    <div>
      <label htmlFor={id}>{words}</label>
      <select
        className="cp-field"
        id={id}
        aria-describedby={`${id}hint`}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
      >
        <option value="">{t('never')}</option>
        {months.map((n) => (
          <option key={n} value={n}>
            {t('after', { n })}
          </option>
        ))}
      </select>
      <p id={`${id}hint`} className="admin-quiet">
        {hint}
      </p>
    </div>
  )
}
