// PURE: what of a video was played up to an event of its page, exact to the moments that these events name: the Video Profile wants the
// ends of played-segments to be times that were told. What the server's clock has not credited is not in it.
import type { Stretch } from '@cuepoint/contracts'
import { secondsIn, type Union, unionOf } from './stretches.ts'

/** An event of a page in front of a video, as far as it says where playing began, moved or stopped. */
export interface Move {
  /** With or without its room. */
  name: string
  viewId: string
  /** When it happened, in milliseconds. */
  at: number
  seconds?: number | null
  fromSeconds?: number | null
  toSeconds?: number | null
}

export interface Credit {
  watched: Union
  lengthSeconds: number
  /** Seconds that were played and not reported yet, at most: a page that leaves tells both at once. */
  spareSeconds: number
}

/** A player and its report may name a moment a little differently. */
const edgeSeconds = 0.75
/** Credited, and told by no page: shorter ones are such edges. */
const leastSeconds = 1

/** `all`: of the attempt, each page's own in the order in which they came. Up to and with the event at this place. */
export function playedUpTo(all: readonly Move[], place: number, { watched, lengthSeconds, spareSeconds }: Credit): Stretch[] {
  const here = all[place]
  if (!here) return unionOf(watched, lengthSeconds)
  const before = all.filter((it, at) => (it.viewId === here.viewId ? at <= place : it.at <= here.at))
  const { told } = walked(before)
  let spare = spareSeconds
  const kept = told.flatMap((stretch) => {
    const credited = common([stretch], watched)
    const missing = stretch[1] - stretch[0] - secondsIn(credited)
    if (missing <= Math.min(edgeSeconds, (stretch[1] - stretch[0]) / 2)) return [stretch]
    if (missing > spare) return credited
    spare -= missing
    return [stretch]
  })
  return unionOf([...kept, ...untold(all, watched, lengthSeconds)], lengthSeconds)
}

/** Credited to a page that was lost before it could tell where it stopped. What plays now will be told. */
function untold(all: readonly Move[], watched: Union, lengthSeconds: number): Stretch[] {
  const { told, playing } = walked(all)
  const last = all.at(-1)?.viewId
  const now = last === undefined ? undefined : playing.get(last)
  const wide = told.map(([from, to]): Stretch => [from - edgeSeconds, to + edgeSeconds])
  const under =
    now === undefined
      ? []
      : watched.filter(([from, to]) => from <= now + edgeSeconds && to > now).map(([, to]): Stretch => [now - edgeSeconds, to])
  const gone = unionOf([...wide, ...under], lengthSeconds)
  return without(watched, gone).filter(([from, to]) => to - from >= leastSeconds)
}

/** What was told as played, and where each page that still plays began. */
function walked(moves: readonly Move[]): { told: Stretch[]; playing: Map<string, number> } {
  const told: Stretch[] = []
  const playing = new Map<string, number>()
  for (const { name, viewId, seconds, fromSeconds, toSeconds } of moves) {
    const from = playing.get(viewId)
    const played = (to: number | null | undefined): void => {
      if (from !== undefined && typeof to === 'number' && to > from) told.push([from, to])
    }
    switch (name.slice(name.lastIndexOf('.') + 1)) {
      case 'played':
        played(seconds)
        playing.set(viewId, seconds ?? 0)
        break
      case 'paused':
      case 'completed':
      case 'terminated':
        played(seconds)
        playing.delete(viewId)
        break
      case 'seeked':
        played(fromSeconds)
        if (from !== undefined) playing.set(viewId, toSeconds ?? 0)
        break
      default:
    }
  }
  return { told, playing }
}

function common(some: Union, others: Union): Stretch[] {
  return some.flatMap(([from, to]) =>
    others.flatMap(([a, b]): Stretch[] => (Math.min(to, b) > Math.max(from, a) ? [[Math.max(from, a), Math.min(to, b)]] : [])),
  )
}

function without(some: Union, gone: Union): Stretch[] {
  return some.flatMap(([from, to]) => {
    const left: Stretch[] = []
    let at = from
    for (const [a, b] of gone) {
      if (a > at) left.push([at, Math.min(a, to)])
      at = Math.max(at, b)
    }
    if (at < to) left.push([at, to])
    return left.filter(([a, b]) => b > a)
  })
}
