// PURE: what of a report of watching is credited. A view (one page that plays) may earn as much of the video as the server's clock let it
// play since its last report, at the highest allowed speed; all views of an attempt together no more than that either. Only seconds that
// were not credited before cost anything, so overlaps count once and a report that is sent again earns nothing.
import type { Stretch, WatchRefusal } from '@cuepoint/contracts'
import { furthestOf, secondsIn, type Union, unionOf } from './stretches.ts'

export const maxSpeed = 2
/** A report may be that much early: clocks and networks are not exact. Given once per view, never more than once per attempt at a time. */
const toleranceSeconds = 1.5
/** Unused time that is carried to the next report, in seconds of the video: one report came late, the next in time. */
const carriedSeconds = 12
/** A longer silence is believed no further: nobody plays on for so long without a line. */
const longestSilenceMs = 300_000
/** Where unseen parts may not be skipped, playing may begin so far beyond what was credited. */
const aheadSeconds = 2
/** Shorter stretches that touch nothing are dust. */
const dustSeconds = 0.25
const mostViews = 16

interface View {
  seq: number
  /** When it was last heard, in milliseconds of the server's clock. */
  at: number
  /** Seconds of the video that it might have played, and has not. */
  spare: number
}

export interface Watching {
  watched: Stretch[]
  positionSeconds: number
  /** Of all views together. */
  at: number
  spare: number
  views: Record<string, View>
  /** Stretches that were not credited. */
  refused: number
}

export const unwatched: Watching = { watched: [], positionSeconds: 0, at: 0, spare: 0, views: {}, refused: 0 }

export interface WatchReport {
  viewId: string
  seq: number
  intervals: readonly { from: number; to: number; speed: number }[]
  positionSeconds: number
}

export interface Refused {
  why: WatchRefusal
  from: number
  to: number
}

/** The state after a report, and what of it was not credited. `maySkip` false: nothing beyond what was credited is. */
export function creditedOf(
  before: Watching,
  report: WatchReport,
  { at, lengthSeconds, maySkip }: { at: number; lengthSeconds: number; maySkip: boolean },
): { after: Watching; refused: Refused[] } {
  const view = before.views[report.viewId]
  if (view && report.seq <= view.seq) return replayed(before, report)
  const own = view ? view.spare + earned(view.at, at) : toleranceSeconds
  const together = before.spare + earned(before.at, at)
  let budget = view ? Math.min(own, together) : 0
  let { watched } = before
  let spent = 0
  const refused: Refused[] = []
  for (const { from, to, speed } of report.intervals.toSorted((a, b) => a.from - b.from)) {
    const refuse = (why: WatchRefusal) => refused.push({ why, from, to })
    if (!(to > from) || isDust(watched, from, to)) continue
    const more = unionOf([...watched, [from, to]], lengthSeconds)
    const cost = secondsIn(more) - secondsIn(watched)
    if (from >= lengthSeconds || to > lengthSeconds + 1) refuse('outside')
    else if (cost <= 0.0005) continue
    else if (!view) refuse('first')
    else if (!maySkip && from > furthestOf(watched) + aheadSeconds) refuse('skipped')
    else if (speed > maxSpeed + 0.01 || cost > budget) refuse('too-fast')
    else {
      watched = more
      budget -= cost
      spent += cost
    }
  }
  const carried = (most: number) => Math.min(most - spent, carriedSeconds)
  const heard = { seq: report.seq, at, spare: view ? carried(own) : own }
  return {
    after: {
      watched,
      positionSeconds: Math.min(Math.max(0, report.positionSeconds), lengthSeconds),
      at,
      // The very first view of all has its tolerance from the attempt, too.
      spare: before.at === 0 ? toleranceSeconds : carried(together),
      views: latest({ ...before.views, [report.viewId]: heard }),
      refused: before.refused + refused.length,
    },
    refused,
  }
}

/** What the clock lets be played between two moments. */
function earned(since: number, at: number): number {
  return (Math.min(Math.max(0, at - since), longestSilenceMs) / 1000) * maxSpeed
}

/** Heard before: nothing changes but the count of what was not credited. */
function replayed(before: Watching, { intervals }: WatchReport): { after: Watching; refused: Refused[] } {
  const refused = intervals.map(({ from, to }): Refused => ({ why: 'replayed', from, to }))
  return { after: { ...before, refused: before.refused + refused.length }, refused }
}

function isDust(watched: Union, from: number, to: number): boolean {
  return to - from < dustSeconds && !watched.some((one) => from <= one[1] + dustSeconds && to >= one[0] - dustSeconds)
}

/** Forgotten views begin anew, which earns nothing. */
function latest(views: Record<string, View>): Record<string, View> {
  const all = Object.entries(views)
  if (all.length <= mostViews) return views
  return Object.fromEntries(all.sort(([, a], [, b]) => b.at - a.at).slice(0, mostViews))
}

/** What watching earns: in full from the threshold on, below it by share. */
export function watchScoreOf(share: number, threshold: number, points: number): number {
  return points * Math.min(1, share / threshold)
}
