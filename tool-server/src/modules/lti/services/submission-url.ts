// The address that an LMS keeps with a score and launches again to look at the work (Canvas: SpeedGrader): it names the attempt.
// It opens nothing by itself: the launch says who comes, and the attempt is checked against course and person.
import { Id } from '@cuepoint/contracts'
import { config } from '../../../kernel/config.ts'

/** For the score's submission (`basic_lti_launch`). */
export function submissionUrl(activityId: string, attemptId: string): string {
  return `${config().publicUrl}/lti/activities/${activityId}?attempt=${attemptId}`
}

/** The attempt that a launch's address names. Canvas encodes the query twice (canvas-lms#1486), so `?attempt%3D…` is read, too. */
export function attemptNamed(targetLinkUri: string | null): string | null {
  // Asked at every launch.
  if (!targetLinkUri?.includes('attempt') || !URL.canParse(targetLinkUri)) return null
  let query = new URL(targetLinkUri).search
  for (let times = 0; times < 3; times++) {
    const found = /[?&]attempt=([0-9a-f-]{36})(?:&|$)/i.exec(query)?.[1]
    if (found && Id.safeParse(found).success) return found.toLowerCase()
    try {
      query = decodeURIComponent(query)
    } catch {
      return null
    }
  }
  return null
}
