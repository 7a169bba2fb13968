// An attempt on its way to a browser: with the video that belongs to it, looked up outside of the transaction that found the attempt.
import type { Answer, AttemptView, Caller } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import type { Version } from '../content/index.ts'
import type { Attempt } from './assessment.models.ts'
import { attemptViewOf } from './attempt-view.ts'
import { isVideo } from './video-length.ts'
import { videoPartOf } from './video-view.ts'

export interface Shown {
  attempt: Attempt
  version: Version
  /** Whose settings say what may be seen now. */
  ruling: Version
  answers: readonly Answer[]
  /** The caller may see keys and feedback once it is handed in. */
  showAnswers: boolean
}

export async function attemptShown(caller: Caller, { attempt, version, ruling, answers, showAnswers }: Shown): Promise<AttemptView> {
  const how = { showAnswers, at: now() }
  if (!isVideo(version)) return attemptViewOf(attempt, version, answers, how)
  const video = await videoPartOf(caller, attempt, version, { showAnswers, ruling })
  return attemptViewOf(attempt, version, answers, { ...how, video })
}
