// The time limit, in minutes to the author and in seconds to the document.
import { Checkbox } from '@instructure/ui-checkbox'
import { useState } from 'react'
import { NumberField } from '../fields/number-field.tsx'
import { t } from '../words.ts'

interface Props {
  /** null = none. */
  readonly seconds: number | null
  readonly locale: string
  onSeconds(seconds: number | null): void
}

export function TimeLimit({ seconds, locale, onSeconds }: Props) {
  const [last, setLast] = useState(seconds ?? 1800)
  return (
    <fieldset className="au-ways">
      <legend>{t('time')}</legend>
      <Checkbox
        checked={seconds !== null}
        onChange={() => onSeconds(seconds === null ? last : null)}
        label={
          <>
            {t('timeLimit')}
            <span className="au-means">{t('timeLimitMeans')}</span>
          </>
        }
      />
      {seconds !== null && (
        <NumberField
          label={t('timeMinutes')}
          value={Math.round((seconds / 60) * 100) / 100}
          locale={locale}
          min={0.5}
          max={1440}
          onValue={(minutes) => {
            const next = Math.round(minutes * 60)
            setLast(next)
            onSeconds(next)
          }}
        />
      )}
    </fieldset>
  )
}
