// What is chosen so far, and the ways on and out. The way on never goes grey without a word: without a choice it says what is missing.
import type { ActivitySummary } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
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
  const said = !only ? t('chosenNone') : chosen.length === 1 ? only.title : t('chosenCount', { n: chosen.length })
  return (
    <div className="picker-bar">
      <p className="picker-bar-said">{said}</p>
      <div className="picker-buttons">
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button
          color="primary"
          interaction={pending ? 'readonly' : 'enabled'}
          aria-disabled={only ? undefined : true}
          onClick={() => (only ? onNext() : announce(t('chosenNone'), 'assertive'))}
        >
          {next}
        </Button>
      </div>
    </div>
  )
}
