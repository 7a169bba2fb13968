// PURE: rules while they are written. Times are text until they are saved; each rule has a key of its own, so that removing one moves no field.
import type { AdvicePlan, AdvicePlanView, AdviceRule } from '@cuepoint/contracts'
import { preciseClockOf, secondsIn } from '../../shell/clock-time.ts'

type When = AdviceRule['when']
interface Common {
  readonly key: number
  readonly share: number
}
export interface DraftRule extends Common {
  readonly when: When
  readonly activityIds: readonly string[]
  /** '' = none chosen yet. */
  readonly activityId: string
  readonly withSpan: boolean
  /** The video that the part is of; '' = the activity's own. */
  readonly spanOf: string
  readonly from: string
  readonly to: string
  /** '' = any topic of the activity. */
  readonly topicId: string
  readonly times: number
}

let keys = 0
const blank = { activityIds: [], activityId: '', withSpan: false, spanOf: '', from: '0:00', to: '', topicId: '', times: 2 } as const
const usual: Record<When, number> = { 'score-below': 0.6, 'watched-below': 0.8, 'topic-wrong': 0.5, 'score-from': 0.8 }

export function newRule(when: When): DraftRule {
  return { ...blank, key: ++keys, when, share: usual[when] }
}

export function draftOf(rule: AdviceRule): DraftRule {
  const draft = newRule(rule.when)
  switch (rule.when) {
    case 'score-below': {
      const { share, activityIds, span } = rule
      if (!span) return { ...draft, share, activityIds }
      const times = { from: preciseClockOf(span.fromSeconds), to: preciseClockOf(span.toSeconds) }
      return { ...draft, share, activityIds, withSpan: true, spanOf: span.activityId ?? '', ...times }
    }
    case 'watched-below':
      return { ...draft, share: rule.share }
    case 'topic-wrong':
      return { ...draft, topicId: rule.topicId ?? '', times: rule.times }
    case 'score-from':
      return { ...draft, share: rule.share, activityId: rule.activityId }
  }
}

type Wrong = 'bad.nothing' | 'bad.choose' | 'bad.span' | 'bad.video'
type Course = Pick<AdvicePlanView, 'activity' | 'activities'>

/** The videos that a part can be of, the activity's own first. */
export function videosOf({ activity, activities }: Course): Pick<AdvicePlanView['activity'], 'id' | 'title' | 'durationSeconds'>[] {
  return [activity, ...activities].filter(({ kind }) => kind === 'video')
}

/** The rule as it is saved, or what is wrong with it. */
function ruleOf(draft: DraftRule, course: Course): AdviceRule | Wrong {
  const { when, share } = draft
  switch (when) {
    case 'score-below': {
      const video = draft.withSpan ? videosOf(course).find(({ id }) => id === (draft.spanOf || course.activity.id)) : undefined
      if (draft.withSpan && !video) return 'bad.video'
      const span = video ? spanIn(draft, video.durationSeconds) : null
      if (video && !span) return 'bad.span'
      if (!span && draft.activityIds.length === 0) return 'bad.nothing'
      return { when, share, activityIds: [...draft.activityIds], span }
    }
    case 'watched-below':
      return { when, share }
    case 'topic-wrong':
      return { when, topicId: draft.topicId || null, times: draft.times }
    case 'score-from':
      return draft.activityId ? { when, share, activityId: draft.activityId } : 'bad.choose'
  }
}

function spanIn({ from, to, spanOf }: DraftRule, durationSeconds: number | null): Extract<AdviceRule, { when: 'score-below' }>['span'] {
  const [fromSeconds, toSeconds] = [secondsIn(from), secondsIn(to)]
  if (fromSeconds === null || toSeconds === null || fromSeconds >= toSeconds) return null
  return toSeconds <= (durationSeconds ?? Number.POSITIVE_INFINITY) + 0.5 ? { activityId: spanOf || null, fromSeconds, toSeconds } : null
}

export function planOf(
  drafts: readonly DraftRule[],
  automatic: boolean,
  view: Course,
): { plan: AdvicePlan | null; wrong: { number: number; what: Wrong }[] } {
  const made = drafts.map((draft) => ruleOf(draft, view))
  const wrong = made.flatMap((it, at) => (typeof it === 'string' ? [{ number: at + 1, what: it }] : []))
  const rules = made.flatMap((it) => (typeof it === 'string' ? [] : [it]))
  return { plan: wrong.length > 0 ? null : { rules, automatic }, wrong }
}
