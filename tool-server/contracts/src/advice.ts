// What next: advice with its reason, the rules that an instructor sets for it, what became of it; and the learner's own page of the course.
import { z } from 'zod'
import { ActivityKind, Topic } from './activity.ts'
import { LearnerState, Result } from './attempt.ts'
import { endpoint } from './endpoint.ts'
import { Naming } from './insight.ts'
import { Id, Instant, NoBody, NoParams, Ok } from './session.ts'

/** 0..1 of the points, or of a video. */
const Share = z.number().min(0).max(1)
const Seconds = z.number().min(0).max(86_400)

const Span = z.object({ fromSeconds: Seconds, toSeconds: Seconds })

/**
 * When an instructor wants what to be advised. score-below: these activities and this part of a video: of the activity's own (`activityId`
 * null), or of another of the course. watched-below: the longest
 * part that was not watched. topic-wrong: activities of the course that carry the topic (null = any topic of this activity), where questions
 * on it went wrong so often in the course. score-from: ready for a named next activity.
 */
export const AdviceRule = z.discriminatedUnion('when', [
  z.object({
    when: z.literal('score-below'),
    share: Share,
    activityIds: z.array(Id).max(5),
    span: Span.extend({ activityId: Id.nullish() }).nullable(),
  }),
  z.object({ when: z.literal('watched-below'), share: Share }),
  z.object({ when: z.literal('topic-wrong'), topicId: Id.nullable(), times: z.number().int().min(1).max(20) }),
  z.object({ when: z.literal('score-from'), share: Share, activityId: Id }),
])
export type AdviceRule = z.infer<typeof AdviceRule>

/** What was set for one activity in one course. `automatic`: without a rule, the next thing is chosen by topics and difficulty. */
export const AdvicePlan = z.object({ rules: z.array(AdviceRule).max(12), automatic: z.boolean() })
export type AdvicePlan = z.infer<typeof AdvicePlan>

export const AdviceCode = z.enum(['score-below', 'watched-below', 'topic-wrong', 'score-from', 'chosen-topics', 'chosen-next'])
export type AdviceCode = z.infer<typeof AdviceCode>

/** Why: the rule and what it met, or how it was chosen. Shares are of the activity that the advice is about. */
export const AdviceReason = z.discriminatedUnion('code', [
  z.object({ code: z.literal('score-below'), share: z.number(), limit: z.number() }),
  z.object({ code: z.literal('watched-below'), share: z.number(), limit: z.number() }),
  z.object({ code: z.literal('topic-wrong'), topic: z.string(), wrong: z.number().int() }),
  z.object({ code: z.literal('score-from'), share: z.number(), limit: z.number() }),
  z.object({ code: z.literal('chosen-topics'), topics: z.array(z.string()), easier: z.boolean() }),
  z.object({ code: z.literal('chosen-next'), easier: z.boolean() }),
])
export type AdviceReason = z.infer<typeof AdviceReason>

/** An activity placed in the course, or a part of its video. */
export const AdviceTarget = z.object({
  activityId: Id,
  title: z.string(),
  kind: ActivityKind,
  span: Span.nullable(),
})
export type AdviceTarget = z.infer<typeof AdviceTarget>

/** One piece of advice as its learner reads it. */
export const Advice = z.object({
  id: Id,
  /** The placement whose work it comes from. */
  from: z.object({ placementId: Id, title: z.string() }),
  reason: AdviceReason,
  target: AdviceTarget,
})
export type Advice = z.infer<typeof Advice>

/** What is advised at a placement: its own first. `ready`: what was handed in there last is worked in. */
export const AdviceHere = z.object({ advice: z.array(Advice), ready: z.boolean() })
export type AdviceHere = z.infer<typeof AdviceHere>

export const MyActivity = z.object({
  placementId: Id,
  activityId: Id,
  title: z.string(),
  kind: ActivityKind,
  state: LearnerState,
  attempts: z.number().int(),
  result: Result.nullable(),
  dueAt: Instant.nullable(),
  /** Can be taken now, as far as its dates say. */
  open: z.boolean(),
})
export type MyActivity = z.infer<typeof MyActivity>

/** A topic of which questions earned less than half of their points, by answers that may be seen. */
export const MyTopic = z.object({
  id: Id,
  name: z.string(),
  wrong: z.number().int(),
  asked: z.number().int(),
  activities: z.array(z.string()),
})
export type MyTopic = z.infer<typeof MyTopic>

/** A learner's own work in the course. */
export const MyActivities = z.object({ activities: z.array(MyActivity), topics: z.array(MyTopic), advice: z.array(Advice) })
export type MyActivities = z.infer<typeof MyActivities>

/** The plan of a placed activity, and what its rules can name. */
export const AdvicePlanView = z.object({
  activity: z.object({ id: Id, title: z.string(), kind: ActivityKind, durationSeconds: z.number().nullable() }),
  plan: AdvicePlan,
  /** Published activities of the course and what is shared with it, but this one. `placed`: it was opened from the course before. */
  activities: z.array(
    z.object({ id: Id, title: z.string(), kind: ActivityKind, placed: z.boolean(), durationSeconds: z.number().nullable() }),
  ),
  topics: z.array(Topic),
  /**
   * The rules are another course's and nobody has saved them here yet. copy: as they were when the activity was copied. share: as they are
   * there now. `missing`: what they name and this course has not.
   */
  cameFrom: z.object({ courseTitle: z.string(), by: z.enum(['copy', 'share']), missing: z.array(z.string()) }).nullable(),
})
export type AdvicePlanView = z.infer<typeof AdvicePlanView>

/** One advice as an instructor sees it. Shares are of the points; null = nothing handed in (since). */
export const AdviceRow = z.object({
  id: Id,
  /** With pseudonyms an id of this session's, and no name. */
  personId: Id,
  name: z.string(),
  /** Learner 7; null where names are shown. */
  number: z.number().int().nullable(),
  reason: AdviceReason,
  target: AdviceTarget,
  madeAt: Instant,
  shownAt: Instant.nullable(),
  followedAt: Instant.nullable(),
  dismissedAt: Instant.nullable(),
  /** It applies no more: the learner has done it, or done better. */
  over: z.boolean(),
  before: z.number().nullable(),
  after: z.number().nullable(),
})
export type AdviceRow = z.infer<typeof AdviceRow>

/** Mean shares before and after; null with fewer than five learners. */
const Means = z.object({ n: z.number().int(), before: z.number().nullable(), after: z.number().nullable() })

/** What became of the advice of one reason. `after`: the score of the first attempt handed in since, here or at the named next activity. */
export const AdviceEffect = z.object({
  code: AdviceCode,
  shown: z.number().int(),
  followed: z.number().int(),
  dismissed: z.number().int(),
  whenFollowed: Means,
  whenNot: Means,
})
export type AdviceEffect = z.infer<typeof AdviceEffect>

export const AdviceReport = z.object({ rows: z.array(AdviceRow), more: z.boolean(), effects: z.array(AdviceEffect), naming: Naming })
export type AdviceReport = z.infer<typeof AdviceReport>

const learner = ['learner'] as const
const looks = ['instructor', 'assistant'] as const
const placement = z.object({ placementId: Id })
const one = z.object({ adviceId: Id })

export const getAdvice = endpoint({
  method: 'GET',
  path: '/api/placements/:placementId/advice',
  for: learner,
  params: placement,
  body: NoBody,
  reply: AdviceHere,
})
/** These stood before the learner. What is not theirs, or was shown before, changes nothing. */
export const noteAdviceShown = endpoint({
  method: 'POST',
  path: '/api/advice/shown',
  for: learner,
  params: NoParams,
  body: z.object({ adviceIds: z.array(Id).min(1).max(20) }),
  reply: Ok,
})
/** It is not shown again, whatever happens later. advice_not_found. */
export const dismissAdvice = endpoint({
  method: 'POST',
  path: '/api/advice/:adviceId/dismiss',
  for: learner,
  params: one,
  body: NoBody,
  reply: Ok,
})
/** The advised part of the video was played on the page of the result. Of any other advice it changes nothing. advice_not_found. */
export const followAdvice = endpoint({
  method: 'POST',
  path: '/api/advice/:adviceId/follow',
  for: learner,
  params: one,
  body: NoBody,
  reply: Ok,
})
export const getMyActivities = endpoint({
  method: 'GET',
  path: '/api/my-activities',
  for: learner,
  params: NoParams,
  body: NoBody,
  reply: MyActivities,
})
export const getAdvicePlan = endpoint({
  method: 'GET',
  path: '/api/placements/:placementId/advice-plan',
  for: looks,
  params: placement,
  body: NoBody,
  reply: AdvicePlanView,
})
/** placement_empty, activity_not_found (one that is named is not of this course), settings_invalid. */
export const saveAdvicePlan = endpoint({
  method: 'PUT',
  path: '/api/placements/:placementId/advice-plan',
  for: ['instructor'],
  params: placement,
  body: AdvicePlan,
  reply: AdvicePlanView,
})
/** Query `as=pseudonyms` asks for numbers instead of names. */
export const getAdviceReport = endpoint({
  method: 'GET',
  path: '/api/placements/:placementId/advice-report',
  for: looks,
  params: placement,
  body: NoBody,
  reply: AdviceReport,
})
/** A table of the report for a spreadsheet; the same query. */
export const getAdviceCsv = endpoint({
  method: 'GET',
  path: '/api/placements/:placementId/advice-report/csv/:table',
  for: looks,
  params: placement.extend({ table: z.enum(['given', 'effects']) }),
  body: NoBody,
  reply: z.object({ fileName: z.string(), csv: z.string() }),
})
