// PURE: what every event of an attempt says of it.
import type { Attempt } from './assessment.models.ts'

export function attemptFactsOf(attempt: Attempt) {
  const { id: attemptId, activityId, versionId, number, locale, practice } = attempt
  return { attemptId, activityId, versionId, number, locale, practice }
}
