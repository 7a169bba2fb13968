// PURE: what a document is worth.
import type { ActivityDocument } from '@cuepoint/contracts'
import { questionsOf } from './document-parts.ts'

/** A sum of points without the dust of binary fractions (0.1 + 0.2): six decimals. */
export function roundedPoints(points: number): number {
  return Math.round(points * 1e6) / 1e6
}

/** The sum of the points of all questions, and of what watching a video earns. */
export function maxScoreOf(document: ActivityDocument): number {
  const watching = document.kind === 'video' ? document.settings.watchPoints : 0
  return roundedPoints(questionsOf(document).reduce((sum, question) => sum + question.points, watching))
}
