// Attempt, Answer, Result: what learners do with a Version, and the calls of the player and of the instructor's view.
import { z } from 'zod'
import { ActivityKind } from './activity.ts'
import { Counting, ShowAnswers } from './counting.ts'
import { endpoint } from './endpoint.ts'
import { RefusalKind, SeenInGradebook } from './gradebook.ts'
import { AnswerValue, LocalId, QuestionView, RichText, Verdict } from './question.ts'
import { CourseGroup, Enrolment, Roster } from './roster.ts'
import { Id, Instant, NoBody, Ok } from './session.ts'
import { VideoFacts, VideoView, WatchOutcome } from './video.ts'

/** One given answer; `seq` rises with every change in the browser, the higher one wins. */
export const Answer = z.object({ questionId: LocalId, seq: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER), value: AnswerValue })
export type Answer = z.infer<typeof Answer>

/** How far the score has come on its way to the LMS. `none`: nothing to send, or the LMS takes no score here. */
export const SyncState = z.enum(['none', 'waiting', 'accepted', 'refused'])
export type SyncState = z.infer<typeof SyncState>

/** What counts: one per Person and Placement, by the counting rule. */
export const Result = z.object({
  score: z.number(),
  maxScore: z.number(),
  attempts: z.number().int(),
  sync: z.object({
    state: SyncState,
    reason: z.string().nullable(),
    at: Instant.nullable(),
    code: RefusalKind.optional(),
    seen: SeenInGradebook.optional(),
  }),
  /** A teacher set this score, with these words; absent = the attempts made it. */
  override: z.object({ comment: z.string().nullable() }).nullish(),
})
export type Result = z.infer<typeof Result>

/** The key in the shape of an answer, or in words where an answer cannot say it (alternatives, tolerance). */
export const QuestionOutcome = z.object({
  questionId: LocalId,
  score: z.number(),
  maxScore: z.number(),
  verdict: Verdict,
  /** Feedback texts that apply to what was given, in order. */
  feedback: z.array(RichText),
  key: AnswerValue,
  keyInWords: z.string().nullable(),
})
export type QuestionOutcome = z.infer<typeof QuestionOutcome>

export const AttemptOutcome = z.object({
  score: z.number(),
  maxScore: z.number(),
  submittedAt: Instant,
  /** The time limit was over when it was handed in: by the server, or by the page that ran the clock down. */
  timeUp: z.boolean(),
  /** Only when answers may be shown to the caller now, else null. */
  questions: z.array(QuestionOutcome).nullable(),
  /** Of a video: what watching earned. */
  watching: WatchOutcome.nullish(),
})
export type AttemptOutcome = z.infer<typeof AttemptOutcome>

export const AttemptView = z.object({
  id: Id,
  number: z.number().int(),
  state: z.enum(['open', 'submitted']),
  title: z.string(),
  intro: RichText,
  questions: z.array(QuestionView),
  answers: z.array(Answer),
  savedAt: Instant.nullable(),
  startedAt: Instant,
  /** End of the time limit on the server's clock; null = none. */
  deadlineAt: Instant.nullable(),
  /** The server's clock now, to count down by. */
  serverNow: Instant,
  maxScore: z.number(),
  outcome: AttemptOutcome.nullable(),
  /** Of a video: the video, how far it was watched, and the questions' moments. null or absent: a quiz. */
  video: VideoView.nullish(),
})
export type AttemptView = z.infer<typeof AttemptView>

export const AttemptSummary = z.object({
  id: Id,
  number: z.number().int(),
  state: z.enum(['open', 'submitted']),
  score: z.number().nullable(),
  maxScore: z.number(),
  submittedAt: Instant.nullable(),
})
export type AttemptSummary = z.infer<typeof AttemptSummary>

/** All that the player needs for its first paint. */
export const PlayerView = z.object({
  placementId: Id,
  activity: z.object({
    id: Id,
    kind: ActivityKind,
    title: z.string(),
    intro: RichText,
    questionCount: z.number().int(),
    maxScore: z.number(),
    attemptsAllowed: z.number().int().nullable(),
    counting: Counting,
    showAnswers: ShowAnswers,
    timeLimitSeconds: z.number().int().nullable(),
    /** Of a video. */
    video: VideoFacts.nullish(),
  }),
  attempts: z.array(AttemptSummary),
  /** The open attempt; opened by the launch itself where nothing speaks against it (no time limit, no finished attempt). */
  current: AttemptView.nullable(),
  result: Result.nullable(),
  canStart: z.boolean(),
  /** When it can be taken by this person, extra time included; absent dates are null. `open`: now. */
  dates: z.object({ opensAt: Instant.nullable(), dueAt: Instant.nullable(), closesAt: Instant.nullable(), open: z.boolean() }).nullish(),
  /** false for viewers and reviews: nothing is recorded. */
  records: z.boolean(),
  /** A try-out, by a teacher or in Student View: kept for the moment, and counted nowhere. */
  practice: z.boolean(),
})
export type PlayerView = z.infer<typeof PlayerView>

/**
 * How far a learner is at a placement. finished: an attempt was handed in, by its learner or with something in it. ran-out: all that was begun
 * Cuepoint closed at its end with nothing in it.
 */
export const LearnerState = z.enum(['not-started', 'started', 'ran-out', 'finished'])
export type LearnerState = z.infer<typeof LearnerState>

export const LearnerRow = z.object({
  /** Where names are withheld an id of this session's, and no name. */
  personId: Id,
  name: z.string(),
  /** Learner 7; null where names are shown. */
  number: z.number().int().nullable(),
  state: LearnerState,
  attempts: z.array(AttemptSummary),
  result: Result.nullable(),
  lastActiveAt: Instant.nullable(),
  /** How they stand on the class list. */
  enrolment: Enrolment,
  /** Sections and groups they belong to, of `PlacementOverview.groups`. */
  groupIds: z.array(Id),
})
export type LearnerRow = z.infer<typeof LearnerRow>

/** The instructor's view of a placed activity. */
export const PlacementOverview = z.object({
  placementId: Id,
  title: z.string(),
  activity: z
    .object({ id: Id, title: z.string(), maxScore: z.number(), versionNumber: z.number().int(), draftAhead: z.boolean() })
    .nullable(),
  /** Does the LMS take scores for this placement? */
  takesScores: z.boolean(),
  learners: z.array(LearnerRow),
  /** null: the class list was never asked for. */
  roster: Roster.nullable(),
  groups: z.array(CourseGroup),
  /** The LMS gives it to some of the course's learners only; null = to all. */
  assigned: z.object({ people: z.number().int(), of: z.number().int() }).nullable(),
  /** withheld: the institution shows learners by numbers. asked: it does, and this session asked for their names. */
  naming: z.enum(['names', 'withheld', 'asked']),
})
export type PlacementOverview = z.infer<typeof PlacementOverview>

const placementParams = z.object({ placementId: Id })
const attemptParams = z.object({ attemptId: Id })

export const getPlayer = endpoint({
  method: 'GET',
  path: '/api/placements/:placementId/player',
  for: ['learner', 'instructor', 'assistant', 'viewer'],
  params: placementParams,
  body: NoBody,
  reply: PlayerView,
})
/** Opens an attempt, or gives the open one back: two tabs, or two clicks, make one. */
export const openAttempt = endpoint({
  method: 'POST',
  path: '/api/placements/:placementId/attempts',
  for: ['learner', 'instructor', 'assistant'],
  params: placementParams,
  body: NoBody,
  reply: AttemptView,
})
export const getAttempt = endpoint({
  method: 'GET',
  path: '/api/attempts/:attemptId',
  for: ['learner', 'instructor', 'assistant'],
  params: attemptParams,
  body: NoBody,
  reply: AttemptView,
})
/** Durable when it answers. Older `seq` are ignored, not errors; `saved` tells what the server holds now. */
export const saveAnswers = endpoint({
  method: 'PUT',
  path: '/api/attempts/:attemptId/answers',
  for: ['learner', 'instructor', 'assistant'],
  params: attemptParams,
  body: z.object({ answers: z.array(Answer).min(1).max(200) }),
  reply: z.object({ savedAt: Instant, saved: z.array(z.object({ questionId: LocalId, seq: z.number().int() })) }),
  maxBytes: 524_288,
})
/** Hands in. `key` is made once per attempt in the browser: the same key again gives the same attempt back. */
export const submitAttempt = endpoint({
  method: 'POST',
  path: '/api/attempts/:attemptId/submit',
  for: ['learner', 'instructor', 'assistant'],
  params: attemptParams,
  body: z.object({ key: z.uuid(), answers: z.array(Answer).max(200) }),
  reply: AttemptView,
  maxBytes: 524_288,
})
export const getOverview = endpoint({
  method: 'GET',
  path: '/api/placements/:placementId/overview',
  for: ['instructor', 'assistant'],
  params: placementParams,
  body: NoBody,
  reply: PlacementOverview,
})
/** Shows this session the names of the class that the institution withholds, to grade by hand. It is written down as a look. */
export const askForNames = endpoint({
  method: 'POST',
  path: '/api/placements/:placementId/names',
  for: ['instructor'],
  params: placementParams,
  body: NoBody,
  reply: Ok,
})
