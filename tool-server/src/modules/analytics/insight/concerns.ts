// PURE: why a learner may need a word. Each reason is a fact that the learner could check; there is no score of a person.
import type { Concern } from '@cuepoint/contracts'
import { type ClassRow, learnerStateOf } from '../../assessment/index.ts'

const hour = 3_600_000
/** An attempt that was left alone so long has stopped. */
const stoppedHours = 48
const dueSoonHours = 48
const lowShare = 0.5
const littleWatched = 0.5

export function concernsOf(row: ClassRow, of: { now: number; dueAt: number | null; watchedShare: number | null }): Concern[] {
  const concerns: Concern[] = []
  const add = (code: Concern['code'], value: number | null = null): void => void concerns.push({ code, value })
  const left = of.dueAt === null ? null : (of.dueAt - of.now) / hour
  const idle = row.lastActiveAt === null ? null : (of.now - row.lastActiveAt.getTime()) / hour
  const state = learnerStateOf(row)
  if (state === 'not-started' || state === 'ran-out') add(state)
  if (!row.finished && left !== null && left > 0 && left <= dueSoonHours) add('due-soon', Math.ceil(left))
  if (row.open && !row.finished && idle !== null && idle >= stoppedHours) add('stopped', Math.floor(idle / 24))
  if (row.share !== null && row.share < lowShare) add('low-score', Math.round(row.share * 100))
  const [last, before] = row.shares
  if (last !== undefined && before !== undefined && last < lowShare && last <= before) add('no-progress', Math.round(last * 100))
  if (row.finished && of.watchedShare !== null && of.watchedShare < littleWatched) add('watched-little', Math.round(of.watchedShare * 100))
  if (row.sync === 'refused') add('score-refused')
  return concerns
}
