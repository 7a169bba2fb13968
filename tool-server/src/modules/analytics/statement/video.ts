// PURE: the Video Profile 1.0.3. Its seven verbs, each with the extensions that its template requires and recommends.
import type { EventData, LearningEvent, PlayerState } from '@cuepoint/contracts'
import { videoOf } from './activities.ts'
import { contextOf, type Facts, statementOf } from './context.ts'
import { durationOf, playedSegments, thousandths } from './numbers.ts'
import { settingOf, wholeOf } from './quiz.ts'
import type { Statement, XapiResult } from './statement.ts'
import { statementId } from './statement-id.ts'
import { activityTypes, type Verb, videoProfile, videoTerm } from './vocabulary.ts'

type VideoEventName =
  | 'assessment.video.initialized'
  | 'assessment.video.played'
  | 'assessment.video.paused'
  | 'assessment.video.seeked'
  | 'assessment.video.completed'
  | 'assessment.video.terminated'
  | 'assessment.video.interacted'
export type VideoEvent = { [N in VideoEventName]: LearningEvent<N> }[VideoEventName]
type Watched = Pick<EventData<'assessment.video.played'>, 'played' | 'progress' | 'lengthSeconds' | 'threshold'>

type Terms = Record<string, unknown>
const terms = (of: Terms): Terms =>
  Object.fromEntries(Object.entries(of).flatMap(([name, value]) => (value === undefined ? [] : [[videoTerm(name), value]])))

/** How the player stood, in the profile's words. The captions flag has two names in 1.0.3: both are sent. */
function stateTerms(state: PlayerState): Terms {
  const captions = state.captions !== undefined && state.captions !== null
  return {
    ...(state.captions === undefined ? {} : { 'cc-enabled': captions, 'cc-subtitle-enabled': captions }),
    ...(captions ? { 'cc-subtitle-lang': state.captions } : {}),
    'full-screen': state.fullScreen,
    'screen-size': state.screenSize,
    'video-playback-size': state.playbackSize,
    quality: state.quality,
    speed: state.speed === undefined ? undefined : `${state.speed}x`,
    volume: state.volume === undefined ? undefined : thousandths(state.volume),
  }
}

/** By what it is watched, and what is played. */
function mediaTerms({ userAgent, frameRate, track }: EventData<'assessment.video.initialized'>): Terms {
  return { 'user-agent': userAgent, 'frame-rate': frameRate === undefined ? undefined : thousandths(frameRate), track }
}

const sofar = ({ played, progress }: Watched): Terms => ({
  progress: thousandths(Math.min(1, progress)),
  'played-segments': playedSegments(played),
})
const thresholdOf = ({ threshold }: Watched): Terms =>
  threshold === null || threshold === 1 ? {} : { 'completion-threshold': thousandths(threshold) }

/** One event of the player. Nothing where the video's length is not known: the profile asks for it. */
export function videoStatements(event: VideoEvent, facts: Facts): Statement[] {
  const verb = event.name.slice(event.name.lastIndexOf('.') + 1) as Verb
  if (event.data.lengthSeconds === null) return []
  const { context, result } = saidOf(event)
  // The session's id is the id of the statement that opened it.
  const session = statementId(sessionEventId(event), 'initialized', facts.target)
  const length = thousandths(event.data.lengthSeconds)
  return [
    statementOf(event, facts, {
      verb,
      object: videoOf(facts.base, event.data.activityId, facts.activityTitle),
      result,
      context: contextOf(facts, {
        ...settingOf(event.data),
        parent: wholeOf(facts, event.data.activityId),
        category: { objectType: 'Activity', id: videoProfile, definition: { type: activityTypes.profile } },
        extensions: { ...terms({ length, 'session-id': session, ...context }) },
      }),
    }),
  ]
}

/** The event that opened the view: `videoSessionId` says so where it is not itself. */
function sessionEventId(event: VideoEvent): string {
  return event.name === 'assessment.video.initialized' ? event.id : event.data.openedBy
}

function saidOf(event: VideoEvent): { context: Terms; result?: XapiResult } {
  const { name, data } = event
  switch (name) {
    case 'assessment.video.initialized':
      return { context: { ...stateTerms(data.state), ...thresholdOf(data), ...mediaTerms(data) } }
    case 'assessment.video.played':
      return { context: stateTerms({ speed: data.speed }), result: at(data.seconds) }
    case 'assessment.video.paused':
    case 'assessment.video.terminated':
      return { context: thresholdOf(data), result: at(data.seconds, sofar(data)) }
    case 'assessment.video.seeked': {
      const moved = { 'time-from': thousandths(data.fromSeconds), 'time-to': thousandths(data.toSeconds) }
      return { context: {}, result: { extensions: terms({ ...moved, ...sofar(data) }) } }
    }
    case 'assessment.video.completed': {
      const { extensions } = at(data.seconds, sofar(data))
      const duration = durationOf(data.elapsedSeconds * 1000)
      return { context: thresholdOf(data), result: { completion: true, duration, ...(extensions ? { extensions } : {}) } }
    }
    case 'assessment.video.interacted':
      // The profile wants the language of captions also where they are switched off.
      return {
        context: { ...stateTerms(data.state), ...(data.captionsWere ? { 'cc-subtitle-lang': data.captionsWere } : {}) },
        result: at(data.seconds),
      }
  }
}

function at(seconds: number, more: Terms = {}): XapiResult {
  return { extensions: terms({ time: thousandths(seconds), ...more }) }
}
