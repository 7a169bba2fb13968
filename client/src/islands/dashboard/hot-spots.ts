// PURE: the stretches of a video that stand out by re-watching, ways back, pauses and lower speeds, for how many have seen them.
import type { WatchInsight } from '@cuepoint/contracts'

export interface HotSpot {
  from: number
  to: number
  again: number
  back: number
  paused: number
  slowed: number
}

const most = 5
/** So many viewers, or it is chance. */
const fewest = 3

/** By a wish: not because a question sent back. */
export function againIn({ plays, viewers, sent }: Pick<WatchInsight, 'plays' | 'viewers' | 'sent'>): number[] {
  return plays.map((count, at) => Math.max(0, count - (viewers[at] ?? 0) - (sent[at] ?? 0)))
}

/** Those whose signs per viewer are at least twice as many as usual, neighbours as one; the strongest first, at most five. */
export function hotSpotsOf(watch: WatchInsight): HotSpot[] {
  const { bucketSeconds, durationSeconds } = watch
  const all = againIn(watch).map((again, at) => {
    const viewers = watch.viewers[at] ?? 0
    const [back, paused, slowed] = [watch.backTo[at] ?? 0, watch.paused[at] ?? 0, watch.slowed[at] ?? 0]
    return { at, viewers, again, back, paused, slowed, signs: viewers < fewest ? 0 : (again + back + paused + slowed) / viewers }
  })
  const mean = all.reduce((sum, { signs }) => sum + signs, 0) / Math.max(1, all.length)
  const stretches: (typeof all)[] = []
  for (const one of all) {
    if (one.signs === 0 || one.signs < 2 * mean) continue
    const last = stretches.at(-1)
    if (last?.at(-1)?.at === one.at - 1) last.push(one)
    else stretches.push([one])
  }
  const strength = (some: typeof all) => Math.max(...some.map(({ signs }) => signs))
  return stretches
    .sort((a, b) => strength(b) - strength(a))
    .slice(0, most)
    .map((some) => ({
      from: (some[0]?.at ?? 0) * bucketSeconds,
      to: Math.min(durationSeconds, ((some.at(-1)?.at ?? 0) + 1) * bucketSeconds),
      // Whoever watches a stretch again does so once, whatever its length.
      again: Math.max(...some.map((one) => one.again)),
      back: some.reduce((sum, one) => sum + one.back, 0),
      paused: some.reduce((sum, one) => sum + one.paused, 0),
      slowed: some.reduce((sum, one) => sum + one.slowed, 0),
    }))
}
