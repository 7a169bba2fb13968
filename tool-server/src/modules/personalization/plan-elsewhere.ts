// PURE: the rules of one course as they are in another, where other activities and topics stand for those that they name.
import type { AdvicePlan, AdviceRule } from '@cuepoint/contracts'

export interface Counterparts {
  readonly activities: ReadonlyMap<string, string>
  readonly topics: ReadonlyMap<string, string>
}

/** What of it has nothing here to stand for it, by the ids elsewhere. */
export interface Missing {
  readonly activityIds: readonly string[]
  readonly topicIds: readonly string[]
}

/** The activities that a plan names. */
export function namedIn({ rules }: AdvicePlan): string[] {
  return rules.flatMap((rule) => {
    if (rule.when === 'score-from') return [rule.activityId]
    return rule.when === 'score-below' ? [...rule.activityIds, rule.span?.activityId ?? []].flat() : []
  })
}

export function topicsNamedIn({ rules }: AdvicePlan): string[] {
  return rules.flatMap((rule) => (rule.when === 'topic-wrong' ? (rule.topicId ?? []) : []))
}

/** A rule that has nothing left to suggest is left out; one that names several keeps what there is. */
export function planHere(plan: AdvicePlan, counterparts: Counterparts): { plan: AdvicePlan; missing: Missing } {
  const { activities, topics } = counterparts
  return {
    plan: { ...plan, rules: plan.rules.flatMap((rule) => ruleHere(rule, counterparts)) },
    missing: {
      activityIds: [...new Set(namedIn(plan))].filter((id) => !activities.has(id)),
      topicIds: [...new Set(topicsNamedIn(plan))].filter((id) => !topics.has(id)),
    },
  }
}

function ruleHere(rule: AdviceRule, { activities, topics }: Counterparts): AdviceRule[] {
  switch (rule.when) {
    case 'watched-below':
      return [rule]
    case 'topic-wrong': {
      const topicId = rule.topicId === null ? null : topics.get(rule.topicId)
      return topicId === undefined ? [] : [{ ...rule, topicId }]
    }
    case 'score-from': {
      const activityId = activities.get(rule.activityId)
      return activityId === undefined ? [] : [{ ...rule, activityId }]
    }
    case 'score-below': {
      const activityIds = rule.activityIds.flatMap((id) => activities.get(id) ?? [])
      const of = rule.span?.activityId ?? null
      const there = of === null ? null : activities.get(of)
      const span = rule.span && there !== undefined ? { ...rule.span, activityId: there } : null
      return activityIds.length > 0 || span ? [{ ...rule, activityIds, span }] : []
    }
  }
}
