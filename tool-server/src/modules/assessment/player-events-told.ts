// PURE: from what a page told to the event that is recorded, and why one is not.
import type { EventData, PlayerEvent, PlayerEventName } from '@cuepoint/contracts'
import { questionsOf, type Version } from '../content/index.ts'
import type { PlayedFacts } from '../media/index.ts'
import type { Attempt } from './assessment.models.ts'
import { type Credit, type Move, playedUpTo } from './played-told.ts'
import { watchedShareOf } from './stretches.ts'
import { attemptFactsOf } from './told.ts'

export interface Page {
  attempt: Attempt
  version: Version
  /** null: it is none. */
  video: (Credit & { share: number; watchedThreshold: number; facts: PlayedFacts | null }) | null
}

/** An event of the video as it was told before, or is now. `captions`: shown, in which language. */
export type Told = Move & { captions?: string | null | undefined }
type OfVideo = Extract<PlayerEvent, { name: `video.${string}` }>

export const isOfVideo = (event: PlayerEvent): event is OfVideo => event.name.startsWith('video.')

export function moveOf({ name, data }: OfVideo, at: Date): Told {
  return { name, at: at.getTime(), ...data, captions: 'state' in data ? data.state.captions : null }
}

/** Stragglers of a page that was still open when its attempt was handed in. */
const lateMs = 3_600_000
/** A player may stand a little behind the length that was measured. */
const overSeconds = 2

/** null = it can be true. */
export function refusalOf({ name, at, data }: PlayerEvent, { attempt, version, video }: Page): string | null {
  const { submittedAt } = attempt
  if (submittedAt && Date.parse(at) > submittedAt.getTime() + lateMs) return 'The attempt was over long before.'
  if ('questionId' in data)
    return questionsOf(version.document).some(({ id }) => id === data.questionId) ? null : 'It asks no such question.'
  if (!video) return 'It has no video.'
  if ('cueId' in data) return cuesOf(version).includes(data.cueId) ? null : 'The video asks no such question.'
  const seconds = [...('seconds' in data ? [data.seconds] : []), ...('fromSeconds' in data ? [data.fromSeconds, data.toSeconds] : [])]
  if (seconds.some((it) => it > video.lengthSeconds + overSeconds)) return 'The video is not so long.'
  if (name === 'video.completed' && video.share < video.watchedThreshold) return 'So much of it was not watched.'
  return null
}

function cuesOf({ document }: Version): string[] {
  return document.kind === 'video' ? document.cues.map(({ id }) => id) : []
}

type Recorded = { [N in PlayerEventName]: { name: `assessment.${N}`; data: EventData<`assessment.${N}`> } }[PlayerEventName]

interface Around {
  /** The event that opened the view. */
  openedBy: string
  at: Date
  /** All that was told of the video, and where in it this event stands. */
  moves: readonly Told[]
  place: number
  userAgent: string | undefined
}

export function toldBy(event: PlayerEvent, { attempt, video }: Page, around: Around): Recorded {
  const { name, data } = event
  const facts = attemptFactsOf(attempt)
  if (!isOfVideo(event) || !video) return recorded(name, { ...data, ...facts })
  const { lengthSeconds, watchedThreshold } = video
  const played = playedUpTo(around.moves, around.place, video)
  const watched = {
    lengthSeconds: lengthSeconds > 0 ? lengthSeconds : null,
    ...{ played, progress: watchedShareOf(played, lengthSeconds), threshold: watchedThreshold },
    elapsedSeconds: Math.max(0, around.at.getTime() - attempt.startedAt.getTime()) / 1000,
    openedBy: around.openedBy,
  }
  return recorded(name, { ...data, ...facts, ...watched, ...besides(event, video.facts, around) })
}

/** Each name goes with its own data: PlayerEvent has seen to it. */
function recorded(name: PlayerEventName, data: object): Recorded {
  return { name: `assessment.${name}`, data } as Recorded
}

const longestAgent = 400

/** What the Video Profile recommends of a player and its media, as far as it is known. */
function besides({ name, data }: OfVideo, facts: PlayedFacts | null, { moves, place, userAgent }: Around): object {
  if (name === 'video.initialized') {
    return {
      ...(userAgent ? { userAgent: userAgent.slice(0, longestAgent) } : {}),
      ...(facts?.frameRate ? { frameRate: facts.frameRate } : {}),
      ...(facts?.track ? { track: facts.track } : {}),
    }
  }
  if (name !== 'video.interacted' || data.what !== 'captions' || data.state.captions !== null) return {}
  const before = moves.slice(0, place).findLast(({ viewId, captions }) => viewId === data.viewId && captions)?.captions
  return before ? { captionsWere: before } : {}
}
