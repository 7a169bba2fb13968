// PURE: how far a learner is at a placement. One definition for every page, list and figure.
import type { LearnerState } from '@cuepoint/contracts'

/** An attempt that the server closed at its end with nothing in it is no finished work. */
const isFinished = ({ state, empty }: { state: string; empty: boolean }): boolean => state === 'submitted' && !empty

export function learnerStateOf({ attempts, open, finished }: { attempts: number; open: boolean; finished: boolean }): LearnerState {
  if (finished) return 'finished'
  if (attempts === 0) return 'not-started'
  return open ? 'started' : 'ran-out'
}

export function stateAmong(attempts: readonly { state: string; empty: boolean }[]): LearnerState {
  return learnerStateOf({
    attempts: attempts.length,
    open: attempts.some(({ state }) => state === 'open'),
    finished: attempts.some(isFinished),
  })
}
