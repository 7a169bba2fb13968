// PURE: advice as statements. That it was shown is an experience of it, that it was followed an interaction with it. The advice is a link
// (ADL's word for a thing that leads to another); what it came from is its parent, what it leads to stands beside it.
import type { LearningEvent } from '@cuepoint/contracts'
import { adviceOf, assessmentOf } from './activities.ts'
import { contextOf, type Facts, statementOf } from './context.ts'
import { wholeOf } from './quiz.ts'
import type { Statement } from './statement.ts'
import type { Verb } from './vocabulary.ts'

type Told = LearningEvent<'personalization.recommendation.shown'> | LearningEvent<'personalization.recommendation.followed'>

export function adviceShown(event: LearningEvent<'personalization.recommendation.shown'>, facts: Facts): Statement[] {
  return [told(event, facts, 'experienced', {})]
}

export function adviceFollowed(event: LearningEvent<'personalization.recommendation.followed'>, facts: Facts): Statement[] {
  return [told(event, facts, 'interacted', { 'advice-followed': event.data.how })]
}

function told(event: Told, facts: Facts, verb: Verb, more: Record<string, unknown>): Statement {
  const { recommendationId, activityId, attemptId, reason, target } = event.data
  const { base } = facts
  const { span } = target
  const said = { 'advice-reason': reason, ...(span ? { 'advice-from': span.fromSeconds, 'advice-to': span.toSeconds } : {}), ...more }
  return statementOf(event, facts, {
    verb,
    object: adviceOf(base, recommendationId, target.title),
    context: contextOf(facts, {
      attemptId,
      parent: wholeOf(facts, activityId),
      other: assessmentOf(base, target.activityId, target.title),
      extensions: Object.fromEntries(Object.entries(said).map(([name, value]) => [`${base}/xapi/extensions/${name}`, value])),
    }),
  })
}
