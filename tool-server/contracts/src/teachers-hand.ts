// The teacher's hand: what an instructor may change of a placement and of one learner's work there, and the calls for it.
import { z } from 'zod'
import { AttemptSummary, Result } from './attempt.ts'
import { endpoint } from './endpoint.ts'
import { Id, Instant, NoBody } from './session.ts'
import { LearnerWatching } from './video.ts'

/** What the due date means: `accept` takes work after it and marks it late, `refuse` ends the work with it. */
export const LateRule = z.enum(['accept', 'refuse'])
export type LateRule = z.infer<typeof LateRule>

/** When a placement can be taken. Every date may be absent. */
export const PlacementSettings = z.object({
  opensAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  closesAt: Instant.nullable(),
  late: LateRule,
  /** Work that was started but holds no answer when it ends counts as zero; else it counts as nothing and no score is sent. */
  emptyIsZero: z.boolean(),
})
export type PlacementSettings = z.infer<typeof PlacementSettings>

/** What one learner has beyond the others. */
export const Allowance = z.object({
  extraAttempts: z.number().int().min(0).max(100),
  /** Added to the time limit and to every end of the placement. */
  extraSeconds: z.number().int().min(0).max(31_536_000),
})
export type Allowance = z.infer<typeof Allowance>

const OverrideBody = z.object({ score: z.number().min(0).max(1_000_000), comment: z.string().trim().max(2000).nullable() })

export const ScoreOverride = OverrideBody.extend({ maxScore: z.number(), at: Instant, by: z.string() })
export type ScoreOverride = z.infer<typeof ScoreOverride>

/** One deed of a teacher, as the learner's page lists it. */
export const TeacherDeed = z.object({
  id: Id,
  at: Instant,
  /** Name of who did it. */
  by: z.string(),
  deed: z.enum(['override-set', 'override-removed', 'allowance-changed', 'settings-changed']),
  /** What it was before and after, in the shapes above; null = nothing. */
  before: z.unknown(),
  after: z.unknown(),
})
export type TeacherDeed = z.infer<typeof TeacherDeed>

export const LearnerAttempt = AttemptSummary.extend({
  startedAt: Instant,
  deadlineAt: Instant.nullable(),
  timeUp: z.boolean(),
  /** Handed in by the server with no answer in it. */
  empty: z.boolean(),
  /** Handed in after the due date. */
  late: z.boolean(),
  /** Of a video. */
  watching: LearnerWatching.nullish(),
})
export type LearnerAttempt = z.infer<typeof LearnerAttempt>

/** One learner at one placement, as an instructor sees them. */
export const LearnerPage = z.object({
  placementId: Id,
  person: z.object({ id: Id, name: z.string() }),
  activity: z.object({ id: Id, title: z.string(), maxScore: z.number() }).nullable(),
  attempts: z.array(LearnerAttempt),
  /** By the author, without this learner's extra attempts; null = as many as wanted. */
  attemptsAllowed: z.number().int().nullable(),
  timeLimitSeconds: z.number().int().nullable(),
  settings: PlacementSettings,
  allowance: Allowance,
  result: Result.nullable(),
  override: ScoreOverride.nullable(),
  history: z.array(TeacherDeed),
  /** The institution shows learners by numbers; this one is named because somebody grades by hand. */
  withheld: z.boolean(),
  /** The caller may change something here; a non-editing teacher may only look. */
  mayChange: z.boolean(),
})
export type LearnerPage = z.infer<typeof LearnerPage>

const looks = ['instructor', 'assistant'] as const
const changes = ['instructor'] as const
const placementParams = z.object({ placementId: Id })
const learnerParams = z.object({ placementId: Id, personId: Id })
const learnerPath = '/api/placements/:placementId/learners/:personId' as const

export const getLearnerPage = endpoint({
  method: 'GET',
  path: learnerPath,
  for: looks,
  params: learnerParams,
  body: NoBody,
  reply: LearnerPage,
})
/** Sets the score that counts, whatever the attempts say. Of a learner who has handed something in. */
export const overrideScore = endpoint({
  method: 'PUT',
  path: `${learnerPath}/override`,
  for: changes,
  params: learnerParams,
  body: OverrideBody,
  reply: LearnerPage,
})
/** Takes the override back: the attempts count again. */
export const removeOverride = endpoint({
  method: 'DELETE',
  path: `${learnerPath}/override`,
  for: changes,
  params: learnerParams,
  body: NoBody,
  reply: LearnerPage,
})
/** Extra attempts and extra time in all, not on top: asked twice it is the same. */
export const changeAllowance = endpoint({
  method: 'PUT',
  path: `${learnerPath}/allowance`,
  for: changes,
  params: learnerParams,
  body: Allowance,
  reply: LearnerPage,
})
export const getPlacementSettings = endpoint({
  method: 'GET',
  path: '/api/placements/:placementId/settings',
  for: looks,
  params: placementParams,
  body: NoBody,
  reply: PlacementSettings,
})
export const changePlacementSettings = endpoint({
  method: 'PUT',
  path: '/api/placements/:placementId/settings',
  for: changes,
  params: placementParams,
  body: PlacementSettings,
  reply: PlacementSettings,
})
