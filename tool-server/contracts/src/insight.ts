// What an instructor learns of a placed activity: the class, its questions, its video, each learner; and what each figure is made of.
import { z } from 'zod'
import { ActivityKind } from './activity.ts'
import { AttemptSummary, LearnerState, SyncState } from './attempt.ts'
import { endpoint } from './endpoint.ts'
import { LocalId, QuestionKind, RichText } from './question.ts'
import { Id, Instant, NoBody } from './session.ts'

/** A figure from a sample, with its 95 % interval. */
export const Estimate = z.object({ value: z.number(), low: z.number(), high: z.number() })
export type Estimate = z.infer<typeof Estimate>

export const ItemAlert = z.object({
  /**
   * key-may-be: the strongest third chose `what` more than the key. turned-around: who got it right did worse elsewhere. never-chosen: nobody
   * took `what`. tells-little: right or wrong says little about the rest. The others speak for themselves.
   */
  code: z.enum(['key-may-be', 'turned-around', 'too-hard', 'too-easy', 'never-chosen', 'tells-little', 'takes-long', 'often-blank']),
  /** Words of the option that it is about. */
  what: z.string().nullable(),
  n: z.number().int(),
})
export type ItemAlert = z.infer<typeof ItemAlert>

/** One thing that was given to a question; `thirds`: by how many of the lower, middle and upper third of the class. */
export const GivenRow = z.object({
  text: z.string(),
  right: z.boolean().nullable(),
  count: z.number().int(),
  thirds: z.tuple([z.number().int(), z.number().int(), z.number().int()]),
})
export type GivenRow = z.infer<typeof GivenRow>

/** A question, counted over first attempts that were handed in. */
export const ItemInsight = z.object({
  questionId: LocalId,
  number: z.number().int(),
  kind: QuestionKind,
  prompt: RichText,
  n: z.number().int(),
  /** Mean share of its points. */
  facility: Estimate.nullable(),
  /** Correlation with the points of all other questions; null with fewer than ten attempts. */
  discrimination: Estimate.nullable(),
  right: z.number().int(),
  blank: z.number().int(),
  medianSeconds: z.number().nullable(),
  /** How many changed an answer that they had given. */
  changed: z.number().int(),
  given: z.array(GivenRow),
  alerts: z.array(ItemAlert),
})
export type ItemInsight = z.infer<typeof ItemInsight>

/** The video's timeline in stretches of `bucketSeconds`; every list has one number for each stretch. */
export const WatchInsight = z.object({
  /** Whose pictures stand along the line; null = it has none. */
  assetId: Id.nullable(),
  durationSeconds: z.number(),
  bucketSeconds: z.number(),
  attempts: z.number().int(),
  completed: z.number().int(),
  /**
   * Played, how often; by how many attempts; and how often again because a question sent back after a wrong answer. The first without the
   * others was watched again by a wish.
   */
  plays: z.array(z.number().int()),
  viewers: z.array(z.number().int()),
  sent: z.array(z.number().int()),
  /** Where somebody paused. The player's own stops at questions are not counted. */
  paused: z.array(z.number().int()),
  /** Gone back to by a wish. */
  backTo: z.array(z.number().int()),
  /** Where the speed was turned down. */
  slowed: z.array(z.number().int()),
  /** Attempts that have not gone further. */
  leftAt: z.array(z.number().int()),
  speeds: z.array(z.object({ speed: z.number(), seconds: z.number() })),
  cues: z.array(
    z.object({
      questionId: LocalId,
      atSeconds: z.number(),
      number: z.number().int(),
      firstTries: z.number().int(),
      wrong: z.number().int(),
    }),
  ),
})
export type WatchInsight = z.infer<typeof WatchInsight>

export const ClassInsight = z.object({
  enrolled: z.number().int(),
  /** How far the class has come: each is a part of the one before. */
  funnel: z.object({ enrolled: z.number().int(), started: z.number().int(), answered: z.number().int(), finished: z.number().int() }),
  /** Results by tenths of the points: 0-10 %, … 90-100 %. */
  scores: z.array(z.number().int()),
  meanShare: z.number().nullable(),
  medianMinutes: z.number().nullable(),
  /** Where the scores stand on their way to the LMS. */
  sync: z.record(SyncState, z.number().int()),
  passed: z.number().int().nullable(),
})
export type ClassInsight = z.infer<typeof ClassInsight>

/** Why a learner may need a word. Facts, not a measure of the person. */
export const Concern = z.object({
  code: z.enum(['not-started', 'ran-out', 'due-soon', 'stopped', 'low-score', 'no-progress', 'watched-little', 'score-refused']),
  /** What the words need: days, hours, percent. */
  value: z.number().nullable(),
})
export type Concern = z.infer<typeof Concern>

export const LearnerInsight = z.object({
  /** With pseudonyms an id of this session's, which other pages do not know, and no name. */
  personId: Id,
  name: z.string(),
  /** Learner 7; null where names are shown. */
  number: z.number().int().nullable(),
  state: LearnerState,
  attempts: z.number().int(),
  share: z.number().nullable(),
  lastActiveAt: Instant.nullable(),
  watchedShare: z.number().nullable(),
  concerns: z.array(Concern),
})
export type LearnerInsight = z.infer<typeof LearnerInsight>

/** Are learners named, or do they go by numbers: because this was asked for, or because the institution wants it always? */
export const Naming = z.enum(['names', 'pseudonyms', 'always-pseudonyms'])
export type Naming = z.infer<typeof Naming>

export const PlacementInsight = z.object({
  placementId: Id,
  title: z.string(),
  kind: ActivityKind,
  maxScore: z.number(),
  dueAt: Instant.nullable(),
  /** Does the LMS take scores for this placement? */
  takesScores: z.boolean(),
  /** The Version that questions and video are of, and the others that have attempts. */
  version: z.object({ id: Id, number: z.number().int(), attempts: z.number().int() }),
  versions: z.array(z.object({ id: Id, number: z.number().int(), attempts: z.number().int() })),
  class: ClassInsight,
  items: z.array(ItemInsight),
  /** Cronbach's alpha, where all questions earn alike and there are enough attempts. */
  alpha: z.number().nullable(),
  /** How many of the first attempts are in the lower, middle and upper third. */
  thirds: z.tuple([z.number().int(), z.number().int(), z.number().int()]),
  watch: WatchInsight.nullable(),
  learners: z.array(LearnerInsight),
  naming: Naming,
  /** When the sums were last written; null = nothing was counted yet. */
  countedAt: Instant.nullable(),
})
export type PlacementInsight = z.infer<typeof PlacementInsight>

/** One thing that happened, for the learner's timeline. */
export const TimelineEntry = z.object({
  at: Instant,
  /** The event's name, e.g. `assessment.attempt.submitted`. */
  what: z.string(),
  attempt: z.number().int().nullable(),
  /** Question number, seconds of the video, points: whichever the event has. */
  question: z.number().int().nullable(),
  seconds: z.number().nullable(),
  score: z.number().nullable(),
  maxScore: z.number().nullable(),
  /** The player did it of its own accord. */
  byVideo: z.boolean(),
  /** Of a hand-in: question by question what was given, in the words of the question, and what it earned. */
  marks: z
    .array(
      z.object({ question: z.number().int(), kind: QuestionKind, given: z.array(z.string()), score: z.number(), maxScore: z.number() }),
    )
    .nullable(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

export const LearnerStory = z.object({
  personId: Id,
  name: z.string(),
  number: z.number().int().nullable(),
  concerns: z.array(Concern),
  /** None with pseudonyms: by their ids one would be known again. */
  attempts: z.array(AttemptSummary),
  /** Oldest first; at most 500, the latest. */
  timeline: z.array(TimelineEntry),
  more: z.boolean(),
})
export type LearnerStory = z.infer<typeof LearnerStory>

/** Every table of the dashboard; learners are `class`. */
export const InsightTable = z.enum(['funnel', 'scores', 'sync', 'class', 'questions', 'given', 'video', 'cues', 'speeds'])
export type InsightTable = z.infer<typeof InsightTable>

const teachers = ['instructor', 'assistant'] as const
const placement = { placementId: Id }

/** `versionId` `latest`: the one that has attempts and the highest number. All four calls: query `as=pseudonyms` asks for numbers instead of names. */
export const getInsight = endpoint({
  method: 'GET',
  path: '/api/placements/:placementId/insight/:versionId',
  for: teachers,
  params: z.object({ ...placement, versionId: z.literal('latest').or(Id) }),
  body: NoBody,
  reply: PlacementInsight,
})
export const getLearnerStory = endpoint({
  method: 'GET',
  path: '/api/placements/:placementId/learners/:personId/story',
  for: teachers,
  params: z.object({ ...placement, personId: Id }),
  body: NoBody,
  reply: LearnerStory,
})
/** The story's timeline for a spreadsheet, with the answers of each hand-in. */
export const getStoryCsv = endpoint({
  method: 'GET',
  path: '/api/placements/:placementId/learners/:personId/story/csv',
  for: teachers,
  params: z.object({ ...placement, personId: Id }),
  body: NoBody,
  reply: z.object({ fileName: z.string(), csv: z.string() }),
})
/** A table of the dashboard for a spreadsheet; cells that it would run are made harmless. */
export const getInsightCsv = endpoint({
  method: 'GET',
  path: '/api/placements/:placementId/insight/:versionId/csv/:table',
  for: teachers,
  params: z.object({ ...placement, versionId: z.literal('latest').or(Id), table: InsightTable }),
  body: NoBody,
  reply: z.object({ fileName: z.string(), csv: z.string() }),
})
