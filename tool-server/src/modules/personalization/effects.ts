// PURE: did advice help? Plain sums for each reason, of what was shown. No experiment: who follows advice may differ from who does not.
import type { AdviceCode, AdviceEffect } from '@cuepoint/contracts'

export interface Measured {
  code: AdviceCode
  personId: string
  shownAt: Date | null
  followedAt: Date | null
  dismissedAt: Date | null
  /** Share of the points when it was made, and of the first attempt since. */
  share: number | null
  after: number | null
}

/** The mean of fewer says something of a person. */
const fewest = 5

export function effectsOf(rows: readonly Measured[]): AdviceEffect[] {
  const shown = rows.filter(({ shownAt }) => shownAt !== null)
  return [...new Set(shown.map(({ code }) => code))].sort().map((code) => {
    const mine = shown.filter((row) => row.code === code)
    return {
      code,
      shown: mine.length,
      followed: mine.filter(({ followedAt }) => followedAt !== null).length,
      dismissed: mine.filter(({ dismissedAt }) => dismissedAt !== null).length,
      whenFollowed: meansOf(mine.filter(({ followedAt }) => followedAt !== null)),
      whenNot: meansOf(mine.filter(({ followedAt }) => followedAt === null)),
    }
  })
}

/** Of each learner once, who has both scores. */
function meansOf(rows: readonly Measured[]): AdviceEffect['whenFollowed'] {
  const byPerson = new Map(
    rows.flatMap(({ personId, share, after }) => (share === null || after === null ? [] : [[personId, { share, after }]])),
  )
  const n = byPerson.size
  if (n < fewest) return { n, before: null, after: null }
  const mean = (of: 'share' | 'after') => [...byPerson.values()].reduce((sum, it) => sum + it[of], 0) / n
  return { n, before: mean('share'), after: mean('after') }
}
