// PURE: from what a page told to the event that is recorded, and why one is not.
import type { EventData, PlayerEvent, PlayerEventName } from '@cuepoint/contracts'
import { questionsOf, type Version } from '../content/index.ts'
import type { Attempt } from './assessment.models.ts'
import { attemptFactsOf } from './told.ts'

export interface Page {
  attempt: Attempt
  version: Version
  /** null: it is none. */
  video: { lengthSeconds: number; played: [number, number][]; share: number; watchedThreshold: number } | null
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

/** `openedBy`: the event that opened the view. */
export function toldBy({ name, data }: PlayerEvent, { attempt, video }: Page, openedBy: string, at: Date): Recorded {
  const { lengthSeconds = 0, played = [], share = 0, watchedThreshold = 1 } = video ?? {}
  const watched = {
    lengthSeconds: lengthSeconds > 0 ? lengthSeconds : null,
    played,
    progress: share,
    threshold: watchedThreshold,
    elapsedSeconds: Math.max(0, at.getTime() - attempt.startedAt.getTime()) / 1000,
    openedBy,
  }
  const facts = { ...attemptFactsOf(attempt), ...(name.startsWith('video.') ? watched : {}) }
  // Each name goes with its own data: PlayerEvent has seen to it.
  return { name: `assessment.${name}`, data: { ...data, ...facts } } as Recorded
}
