// PURE: which attempts make the Result, whether another one may be started, and whether right answers may be seen.
import type { ActivityDocument, Counting } from '@cuepoint/contracts'
import { roundedPoints } from '../content/index.ts'

export interface Submitted {
  id: string
  number: number
  score: number
  maxScore: number
  startedAt: Date
  submittedAt: Date
}

export interface Counted {
  score: number
  maxScore: number
  attempts: number
  attemptId: string
  /** Id and times of the attempt that made it; of the last one for an average. */
  startedAt: Date
  submittedAt: Date
}

/** The Result of submitted attempts by the counting rule; null = none yet. Attempts on Versions of different worth are compared by share. */
export function countedOf(attempts: readonly Submitted[], counting: Counting): Counted | null {
  const inOrder = [...attempts].sort((a, b) => a.number - b.number)
  const last = inOrder.at(-1)
  const first = inOrder[0]
  if (!last || !first) return null
  const from = ({ id, score, maxScore, startedAt, submittedAt }: Submitted) => ({
    attemptId: id,
    score,
    maxScore,
    attempts: inOrder.length,
    startedAt,
    submittedAt,
  })
  switch (counting) {
    case 'first':
      return from(first)
    case 'last':
      return from(last)
    case 'best':
      return from(inOrder.reduce((best, one) => (shareOf(one) > shareOf(best) ? one : best)))
    case 'average': {
      const share = inOrder.reduce((sum, one) => sum + shareOf(one), 0) / inOrder.length
      return from({ ...last, score: Math.min(last.maxScore, roundedPoints(share * last.maxScore)) })
    }
  }
}

function shareOf({ score, maxScore }: { score: number; maxScore: number }): number {
  return maxScore > 0 ? score / maxScore : 0
}

/** An attempt as far as these rules look at it. */
export interface Tried {
  state: 'open' | 'submitted'
  score: number | null
  maxScore: number
}

type Settings = ActivityDocument['settings']

/** Does the author's limit allow another attempt? */
export function attemptsLeft(tried: readonly Tried[], { attemptsAllowed }: Settings): boolean {
  return attemptsAllowed === null || tried.length < attemptsAllowed
}

/** May the learner see right answers and feedback of submitted attempts now? */
export function mayShowAnswers(tried: readonly Tried[], settings: Settings): boolean {
  switch (settings.showAnswers) {
    case 'never':
      return false
    case 'after-submit':
      return true
    case 'after-last-attempt':
      if (tried.some((one) => one.state === 'open')) return false
      return !attemptsLeft(tried, settings) || isSettled(tried, settings.counting)
  }
}

/** No further attempt can change the Result any more. */
function isSettled(submitted: readonly Tried[], counting: Counting): boolean {
  if (counting === 'first') return submitted.length > 0
  return counting === 'best' && submitted.some((one) => one.score !== null && one.score >= one.maxScore)
}
