// PURE: what a document is worth.
import type { ActivityDocument } from '@cuepoint/contracts'

/** A sum of points without the dust of binary fractions (0.1 + 0.2): six decimals. */
export function roundedPoints(points: number): number {
  return Math.round(points * 1e6) / 1e6
}

/** The sum of the points of all questions. */
export function maxScoreOf(document: ActivityDocument): number {
  return roundedPoints(document.questions.reduce((sum, question) => sum + question.points, 0))
}
