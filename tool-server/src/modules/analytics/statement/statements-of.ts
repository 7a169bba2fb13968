// PURE: an event as statements; the one door of this folder. The same event and the same facts always give the same statements.
import type { EventName, LearningEvent } from '@cuepoint/contracts'
import { adviceFollowed, adviceShown } from './advice.ts'
import type { Facts, Told } from './context.ts'
import { attempted, checkedAtCue, handedIn, questionShown, rescored } from './quiz.ts'
import type { Statement } from './statement.ts'
import { type VideoEvent, videoStatements } from './video.ts'

type Makers = { readonly [N in EventName]?: (event: LearningEvent<N>, facts: Facts) => Statement[] }

// TypeScript cannot see that a union of events takes each of them: their names say so.
const video = (event: Pick<LearningEvent, 'id'>, facts: Facts): Statement[] => videoStatements(event as VideoEvent, facts)

const makers: Makers = {
  'assessment.attempt.opened': attempted,
  'assessment.attempt.submitted': handedIn,
  'assessment.result.changed': rescored,
  'assessment.question.shown': questionShown,
  'assessment.cue.checked': checkedAtCue,
  'personalization.recommendation.shown': adviceShown,
  'personalization.recommendation.followed': adviceFollowed,
  'assessment.video.initialized': video,
  'assessment.video.played': video,
  'assessment.video.paused': video,
  'assessment.video.seeked': video,
  'assessment.video.completed': video,
  'assessment.video.terminated': video,
  'assessment.video.interacted': video,
}

/** An event of any kind. */
export type AnyEvent = Told & Pick<LearningEvent, 'personId' | 'name'> & { readonly data: unknown }

/** The events that an LRS hears of. */
export const statementEvents = Object.keys(makers) as EventName[]

/** None for a teacher's own try, and for what is nobody's. */
export function statementsOf(event: AnyEvent, facts: Facts): Statement[] {
  if (!isLearning(event)) return []
  const maker = makers[event.name] as ((event: AnyEvent, facts: Facts) => Statement[]) | undefined
  return maker?.(event, facts) ?? []
}

/** Could this event make statements? Asked before anything is looked up. */
export function isLearning(event: Pick<AnyEvent, 'name' | 'personId' | 'data'>): boolean {
  if (event.personId === null || !(event.name in makers)) return false
  if (event.name === 'assessment.result.changed') return (event.data as { recounted?: boolean | null }).recounted === true
  return (event.data as { practice?: boolean }).practice !== true
}
