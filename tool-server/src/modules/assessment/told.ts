// PURE: what every event of an attempt says of it.
import type { EventData } from '@cuepoint/contracts'
import type { Attempt } from './assessment.models.ts'
import type { Grade } from './grade.ts'
import type { VideoVersion } from './video-length.ts'
import type { StoredWatching } from './watching-rows.ts'

export function attemptFactsOf(attempt: Attempt) {
  const { id: attemptId, activityId, versionId, number, locale, practice } = attempt
  return { attemptId, activityId, versionId, number, locale, practice }
}

type WatchingTold = EventData<'assessment.attempt.submitted'>['watching']

/** How a video was watched, when it is handed in. */
export function watchingTold({ document }: VideoVersion, watching: StoredWatching | undefined, grade: Grade): WatchingTold {
  const { score = 0, maxScore = 0 } = grade.watching ?? {}
  const { watched = [], share = 0, lengthSeconds = null } = watching ?? {}
  return { lengthSeconds, played: watched, progress: share, threshold: document.settings.watchedThreshold, score, maxScore }
}
