// When this link can be taken, what late work is worth, and what work without answers is worth.
import type { PlacementSettings } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Checkbox } from '@instructure/ui-checkbox'
import { RadioInput } from '@instructure/ui-radio-input'
import { type FormEvent, useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { announce } from '../../shell/live-region.tsx'
import { Notice } from '../../shell/notice.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { DateField } from './date-field.tsx'
import { t } from './words.ts'
import './hand.css'

export function Dates({ placementId, title, onBack }: { placementId: string; title: string; onBack(): void }) {
  const [settings, setSettings] = useState<PlacementSettings | null>(null)
  const params = { placementId }
  const reading = useAction(async () => setSettings(await call('GET /api/placements/:placementId/settings', { params: { placementId } })))
  const { start } = reading
  useEffect(() => void start(), [start])
  const saving = useAction(async (body: PlacementSettings) => {
    await call('PUT /api/placements/:placementId/settings', { params, body })
    announce(t('dates.saved'))
    onBack()
  })
  const [tried, setTried] = useState(false)
  const wrong = settings && wrongWith(settings)
  const save = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (settings && !wrong) void saving.start(settings)
  }
  const heading = useFocusOnShow<HTMLHeadingElement>()
  return (
    <main className="hand">
      <h1 ref={heading} tabIndex={-1}>
        {t('dates.title')}
      </h1>
      <p>{title}</p>
      <ProblemAlert error={reading.error} onRetry={() => void start()} />
      {reading.pending && <p className="cp-loading">{t('loading')}</p>}
      {settings && (
        <form className="hand-form" onSubmit={save} noValidate>
          <Fields settings={settings} onChange={(change) => setSettings({ ...settings, ...change })} />
          {tried && wrong && (
            <Notice kind="danger" role="alert">
              <p>{t(wrong)}</p>
            </Notice>
          )}
          <ProblemAlert error={saving.error} onRetry={() => void saving.start(settings)} />
          <div className="cp-actions">
            <Button type="submit" color="primary" interaction={saving.pending ? 'disabled' : 'enabled'}>
              {saving.pending ? t('dates.saving') : t('dates.save')}
            </Button>
            <Button onClick={onBack}>{t('dates.cancel')}</Button>
          </div>
        </form>
      )}
    </main>
  )
}

function Fields({ settings, onChange }: { settings: PlacementSettings; onChange(change: Partial<PlacementSettings>): void }) {
  const { opensAt, dueAt, closesAt, late, emptyIsZero } = settings
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const way = (value: PlacementSettings['late']) => (
    <RadioInput
      name="hand-late"
      value={value}
      checked={late === value}
      onChange={() => onChange({ late: value })}
      label={
        <>
          {t(`dates.late.${value}`)}
          <span className="hand-means">{t(`dates.late.${value}Means`)}</span>
        </>
      }
    />
  )
  return (
    <>
      <p className="hand-quiet">{t('dates.intro', { zone })}</p>
      <DateField label={t('dates.opensAt')} hint={t('dates.opensAtMeans')} value={opensAt} onValue={(it) => onChange({ opensAt: it })} />
      <DateField label={t('dates.dueAt')} value={dueAt} onValue={(it) => onChange({ dueAt: it })} />
      <DateField
        label={t('dates.closesAt')}
        hint={t('dates.closesAtMeans')}
        value={closesAt}
        onValue={(it) => onChange({ closesAt: it })}
      />
      <fieldset className="hand-ways">
        <legend>{t('dates.late')}</legend>
        {way('accept')}
        {way('refuse')}
      </fieldset>
      <Checkbox
        checked={emptyIsZero}
        onChange={() => onChange({ emptyIsZero: !emptyIsZero })}
        label={
          <>
            {t('dates.empty')}
            <span className="hand-means">{t('dates.emptyMeans')}</span>
          </>
        }
      />
    </>
  )
}

function wrongWith({ opensAt, dueAt, closesAt, late }: PlacementSettings): 'dates.order' | 'dates.dueMissing' | null {
  const dates = [opensAt, dueAt, closesAt].flatMap((it) => (it ? [Date.parse(it)] : []))
  if (dates.some((it, at) => at > 0 && it < (dates[at - 1] ?? 0))) return 'dates.order'
  return late === 'refuse' && !dueAt ? 'dates.dueMissing' : null
}
