// How often a learner may take the quiz.
import { useState } from 'react'
import { ChooseOne } from '../fields/choose-one.tsx'
import { NumberField } from '../fields/number-field.tsx'
import { t } from '../words.ts'

interface Props {
  /** null = as often as wanted. */
  readonly allowed: number | null
  readonly locale: string
  /** What comes after the last one, where it is no quiz. */
  readonly lastMeans?: string
  onAllowed(allowed: number | null): void
}

export function Attempts({ allowed, locale, lastMeans = t('attemptsLimitedMeans'), onAllowed }: Props) {
  const [last, setLast] = useState(allowed ?? 1)
  return (
    <ChooseOne
      legend={t('attempts')}
      value={allowed === null ? 'unlimited' : 'limited'}
      ways={[
        { value: 'unlimited', label: t('attemptsUnlimited'), means: t('attemptsUnlimitedMeans') },
        { value: 'limited', label: t('attemptsLimited'), means: lastMeans },
      ]}
      onValue={(way) => onAllowed(way === 'unlimited' ? null : last)}
    >
      {allowed !== null && (
        <NumberField
          label={t('attemptsNumber')}
          value={allowed}
          locale={locale}
          min={1}
          max={100}
          whole
          onValue={(number) => {
            setLast(number)
            onAllowed(number)
          }}
        />
      )}
    </ChooseOne>
  )
}
