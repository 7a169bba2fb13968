// PURE: progress -> advice, each with its reason. An instructor's rules in their order; where none is set, one thing is chosen (choosing.ts).
import type { AdvicePlan, AdviceRule } from '@cuepoint/contracts'
import { chosenNext } from './choosing.ts'
import type { Advised, InCourse, Progress, Reason, Span } from './reasons.ts'
import { longestGap, watchedShare } from './unwatched.ts'

/** Nobody reads more. */
const most = 5
const mostOfTopic = 2

/** What the plan of an activity advises this person, who has handed it in; none where they have not. */
export function adviceFor(progress: Progress, activityId: string, plan: AdvicePlan): Advised[] {
  const about = progress.activities.find((it) => it.activityId === activityId)
  if (!about || about.doneAt === null) return []
  const found =
    plan.rules.length > 0 ? plan.rules.flatMap((rule) => byRule(rule, about, progress)) : plan.automatic ? chosenNext(about, progress) : []
  const seen = new Set<string>()
  return found
    .filter(({ activityId: target, span }) => !seen.has(targetOf(target, span)) && seen.add(targetOf(target, span)))
    .slice(0, most)
}

const targetOf = (activityId: string, span: Span | null): string => (span ? `${activityId} span` : activityId)

/** Shares come from divisions: a learner with exactly the limit is not below it. */
const isBelow = (share: number, limit: number): boolean => share < limit - 1e-9

function byRule(rule: AdviceRule, about: InCourse, progress: Progress): Advised[] {
  switch (rule.when) {
    case 'score-below': {
      const { share } = about
      if (share === null || !isBelow(share, rule.share)) return []
      const reason: Reason = { code: rule.when, share, limit: rule.share }
      return [...partOf(rule.span, reason, about, progress), ...named(rule.activityIds, about, progress).map((it) => to(reason, it))]
    }
    case 'watched-below': {
      const { watch } = about
      const share = watch && watchedShare(watch)
      const gap = watch && longestGap(watch)
      if (share === null || !gap || !isBelow(share, rule.share)) return []
      return [toSpan({ code: rule.when, share, limit: rule.share }, about, gap)]
    }
    case 'topic-wrong':
      return byTopic(rule, about, progress)
    case 'score-from': {
      const { share } = about
      if (share === null || isBelow(share, rule.share)) return []
      const next = named([rule.activityId], about, progress).filter(({ doneAt }) => doneAt === null)
      return next.map((it) => to({ code: rule.when, share, limit: rule.share }, it))
    }
  }
}

function byTopic(rule: Extract<AdviceRule, { when: 'topic-wrong' }>, about: InCourse, { wrong, activities }: Progress): Advised[] {
  const topics = (rule.topicId === null ? about.topicIds : [rule.topicId])
    .map((topicId) => ({ topicId, times: wrong.get(topicId) ?? 0 }))
    .filter(({ times }) => times >= rule.times)
    .sort((a, b) => b.times - a.times)
  return topics.flatMap(({ topicId, times }) => {
    const carriers = activities.filter((it) => it.topicIds.includes(topicId) && it.begun && isOpenTo(it, about))
    // What was never done before what may be done again.
    const inOrder = [...carriers.filter((it) => it.doneAt === null), ...carriers.filter((it) => it.doneAt !== null)]
    return inOrder.slice(0, mostOfTopic).map((it) => ({
      ...to({ code: rule.when, topicId, wrong: times }, it),
      mark: `topic-wrong ${topicId} ${it.activityId}`,
    }))
  })
}

/** Of the video that the advice is about, or of another: as long as that was not handed in since. */
function partOf(span: ScoreBelow['span'], reason: Reason, about: InCourse, { activities }: Progress): Advised[] {
  const id = span?.activityId ?? about.activityId
  const target = id === about.activityId ? about : activities.find((it) => it.activityId === id)
  const part = span && target && spanIn(target, span)
  if (!part) return []
  if (target === about) return about.watch ? [toSpan(reason, about, part)] : []
  // Who may not begin anew watches it where their result is.
  const reachable = target.doneAt === null ? target.takesAttempts : target.doneAt < (about.doneAt ?? 0)
  return reachable ? [{ ...toSpan(reason, target, part), mark: `${reason.code} span ${id}` }] : []
}

type ScoreBelow = Extract<AdviceRule, { when: 'score-below' }>

/** An instructor may name what nobody has begun yet. */
function named(ids: readonly string[], about: InCourse, { activities }: Progress): InCourse[] {
  return ids.flatMap((id) => activities.find((it) => it.activityId === id) ?? []).filter((it) => isOpenTo(it, about))
}

/** Not the same again, not what is closed, and not what was done since. */
function isOpenTo(it: InCourse, about: InCourse): boolean {
  return it.activityId !== about.activityId && it.takesAttempts && (it.doneAt === null || it.doneAt < (about.doneAt ?? 0))
}

function to(reason: Reason, { activityId }: InCourse): Advised {
  return { mark: `${reason.code} ${activityId}`, reason, activityId, span: null }
}

function toSpan(reason: Reason, { activityId }: InCourse, span: Span): Advised {
  return { mark: `${reason.code} span`, reason, activityId, span }
}

/** The part of the video that there is; of one that they have not begun its length is not looked up. */
function spanIn({ kind, watch }: InCourse, { fromSeconds, toSeconds }: Span): Span | null {
  if (kind !== 'video') return null
  const end = Math.min(toSeconds, watch?.lengthSeconds ?? toSeconds)
  return end > fromSeconds ? { fromSeconds, toSeconds: end } : null
}
