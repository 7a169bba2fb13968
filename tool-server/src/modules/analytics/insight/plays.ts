// PURE: what one page played of a video, from a start to the next pause, move or end; and what of it a question sent its viewer back to.
import type { EventName } from '@cuepoint/contracts'

/** What is kept of an event for this. */
export interface Told {
  id: string
  name: EventName
  occurredAt: Date
  /** In which order they were told: tells two of one moment apart. */
  sequence: number
  data: Record<string, unknown>
}

export interface Play {
  readonly from: number
  readonly to: number
  readonly speed: number
  /** When it had been played so far. */
  readonly at: Date
  /** Not by a wish: the video went back after a wrong answer, and this leads to the question again. */
  readonly sent: boolean
}

/** The player did it of its own accord. */
export const isByVideo = ({ data }: Pick<Told, 'data'>): boolean => data.by === 'video'

/** `view`: the events of one page, in order. */
export function playsOf(view: readonly Told[], lengthSeconds: number): Play[] {
  const plays: Play[] = []
  let from: number | null = null
  let speed = 1
  /** Where playing stopped last, and how far the way goes that a question sent back to. */
  let reached = 0
  let sentUntil = 0
  const played = (end: number, at: Date): void => {
    if (from === null || end <= from) return
    const to = Math.min(end, lengthSeconds)
    const turn = Math.min(to, Math.max(from, sentUntil))
    if (turn > from) plays.push({ from, to: turn, speed, at, sent: true })
    if (to > turn) plays.push({ from: turn, to, speed, at, sent: false })
    reached = end
    if (end >= sentUntil) sentUntil = 0
  }
  for (const told of view) {
    const { name, data, occurredAt } = told
    const seconds = Number(data.seconds ?? 0)
    switch (name) {
      case 'assessment.video.played':
        played(seconds, occurredAt)
        from = seconds
        speed = Number(data.speed ?? speed)
        break
      case 'assessment.video.paused':
      case 'assessment.video.terminated':
        played(seconds, occurredAt)
        from = null
        break
      case 'assessment.video.seeked': {
        const [left, to] = [Number(data.fromSeconds), Number(data.toSeconds)]
        played(left, occurredAt)
        if (from !== null) from = to
        // What was never reached is no way back: a move that was not allowed is undone by the video too.
        sentUntil = isByVideo(told) && to < left ? Math.min(left, reached) : 0
        break
      }
      case 'assessment.video.interacted': {
        const { what, state } = data as { what?: unknown; state?: { speed?: number } }
        if (what !== 'speed' || state?.speed === undefined) break
        played(seconds, occurredAt)
        if (from !== null) from = seconds
        speed = state.speed
        break
      }
      default:
    }
  }
  return plays
}

export interface Part {
  readonly fromSeconds: number
  readonly toSeconds: number
}

/** By which moment so much of a part (a share) had been played, on whatever pages; null where it has not. `told`: in order. */
export function whenPlayed({ fromSeconds, toSeconds }: Part, told: readonly Told[], share: number): Date | null {
  const views = new Set(told.map(({ data }) => data.viewId))
  const inside = [...views]
    .flatMap((viewId) =>
      playsOf(
        told.filter(({ data }) => data.viewId === viewId),
        toSeconds,
      ),
    )
    .filter(({ to }) => to > fromSeconds)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
  const enough = share * (toSeconds - fromSeconds)
  return inside.find((_, at) => secondsFrom(fromSeconds, inside.slice(0, at + 1)) >= enough)?.at ?? null
}

/** What was played from a moment on, each second once. */
function secondsFrom(moment: number, plays: readonly Play[]): number {
  let [seconds, reached] = [0, moment]
  for (const { from, to } of plays.toSorted((a, b) => a.from - b.from)) {
    seconds += Math.max(0, to - Math.max(from, reached))
    reached = Math.max(reached, to)
  }
  return seconds
}
