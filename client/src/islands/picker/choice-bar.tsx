// What is chosen so far, and the ways on and out. The way on never goes grey without a word: without a choice it says what is missing.
import type { ActivitySummary } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useState } from 'react'
import { announce } from '../../shell/live-region.tsx'
import { t } from './words.ts'

interface Props {
  readonly chosen: readonly ActivitySummary[]
  readonly next: string
  readonly pending?: boolean
  onNext(): void
  onCancel(): void
}

export function ChoiceBar({ chosen, next, pending = false, onNext, onCancel }: Props) {
  const [only] = chosen
  const [asked, setAsked] = useState(false)
  const said = !only ? t(asked ? 'chooseFirst' : 'chosenNone') : chosen.length === 1 ? only.title : t('chosenCount', { n: chosen.length })
  const ask = () => {
    setAsked(true)
    announce(t('chooseFirst'), 'assertive')
  }
  return (
    <div className="picker-bar">
      <p className="picker-bar-said" data-asked={asked && !only}>
        {said}
      </p>
      <div className="picker-buttons">
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button
          color={only ? 'primary' : 'secondary'}
          interaction={pending ? 'readonly' : 'enabled'}
          onClick={() => (only ? onNext() : ask())}
        >
          {next}
        </Button>
      </div>
    </div>
  )
}
