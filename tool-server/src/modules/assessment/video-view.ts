// The video of an attempt as its page is given it: where it plays, how far it was watched, and how each question stands.
import type { Answer, Caller, CueState, VideoFacts, VideoView, WatchOutcome } from '@cuepoint/contracts'
import type { Version } from '../content/index.ts'
import type { Attempt } from './assessment.models.ts'
import { cueStateOf, tellsAtOnce } from './cue-outcome.ts'
import { type CueCheck, checksOf } from './cue-rows.ts'
import { playbackOf } from './playback.ts'
import { lengthOf, type VideoVersion } from './video-length.ts'
import { maxSpeed } from './watch.ts'
import { begun, watchedOf } from './watching.ts'
import { type StoredWatching, watchingsOf } from './watching-rows.ts'

/** What a video's attempt shows beside what every attempt does. */
export interface VideoPart {
  view: VideoView
  watching: WatchOutcome
  /** Answers that can change no more, as they were checked. */
  settled: Answer[]
}

export async function videoPartOf(
  caller: Caller,
  attempt: Attempt,
  version: VideoVersion,
  { showAnswers, ruling }: { showAnswers: boolean; ruling: Version },
): Promise<VideoPart> {
  const [durationSeconds, watchings, checks, playback] = await Promise.all([
    lengthOf(attempt.institutionId, version),
    watchingsOf([attempt.id]),
    checksOf(attempt.id),
    playbackOf(caller, version),
  ])
  const watching = watchings.get(attempt.id) ?? (await begun(attempt.id, durationSeconds, version))
  const tells = attempt.state === 'open' ? tellsAtOnce(ruling.document.settings) : showAnswers
  const cues = version.document.cues.map((cue) => cueStateOf(cue, checks.get(cue.id), { tells, locale: attempt.locale }))
  return {
    view: { playback, durationSeconds, cues, ...watchedOf(watching), ...settingsOf(version) },
    watching: watchOutcomeOf(version, watching),
    settled: [...checks.values()].filter((check) => check.settled).map(answerOf),
  }
}

/** The same for who only looks: nothing watched, nothing checked. */
export async function videoLookOf(caller: Caller, version: VideoVersion): Promise<VideoView> {
  const durationSeconds = await lengthOf(caller.institutionId, version)
  const none = { tells: false, locale: caller.locale }
  const cues: CueState[] = version.document.cues.map((cue) => cueStateOf(cue, undefined, none))
  const watched = { watched: [], creditedSeconds: 0, watchedShare: 0, positionSeconds: 0, freeToSeek: true }
  return { playback: await playbackOf(caller, version), durationSeconds, cues, ...watched, ...settingsOf(version) }
}

/** What the start page says of it. */
export async function videoFactsOf({ institutionId }: Caller, version: VideoVersion): Promise<VideoFacts> {
  const { skipping, watchedThreshold, watchPoints } = version.document.settings
  return { durationSeconds: await lengthOf(institutionId, version), skipping, watchedThreshold, watchPoints }
}

export function watchOutcomeOf({ document }: VideoVersion, watching: Pick<StoredWatching, 'share' | 'score'> | undefined): WatchOutcome {
  return { share: watching?.share ?? 0, score: watching?.score ?? 0, maxScore: document.settings.watchPoints }
}

function settingsOf({ document }: VideoVersion) {
  const { skipping, watchedThreshold, watchPoints } = document.settings
  return { chapters: document.chapters, skipping, watchedThreshold, watchPoints, maxSpeed }
}

function answerOf({ questionId, seq, answer }: CueCheck): Answer {
  return { questionId, seq, value: answer }
}
