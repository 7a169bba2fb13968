// How far a learner is.
import type { LearnerRow } from '@cuepoint/contracts'
import { Mark } from './mark.tsx'
import { t } from './words.ts'

const marks = { 'not-started': 'dash', started: 'half', 'ran-out': 'clock', finished: 'check' } as const

export function StateCell({ state }: { state: LearnerRow['state'] }) {
  return (
    <span className="overview-state" data-state={state}>
      <Mark shape={marks[state]} />
      {t(state)}
    </span>
  )
}
