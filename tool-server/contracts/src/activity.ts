// Activity and Version: what instructors write and publish, and the calls of authoring and picking.
import { z } from 'zod'
import { Counting, ShowAnswers } from './counting.ts'
import { endpoint } from './endpoint.ts'
import { Question, RichText } from './question.ts'
import { Id, Instant, NoBody, NoParams, Ok } from './session.ts'
import { VideoDocument } from './video.ts'

export const QuizSettings = z.object({
  /** null = as many as wanted. */
  attemptsAllowed: z.number().int().min(1).max(100).nullable(),
  counting: Counting,
  shuffleQuestions: z.boolean(),
  shuffleChoices: z.boolean(),
  showAnswers: ShowAnswers,
  /** Server clock; null = none. */
  timeLimitSeconds: z.number().int().min(10).max(86_400).nullable(),
  /** Share of the points that passes, 0..1; null or absent = nobody passes or fails. */
  passShare: z.number().min(0).max(1).nullish(),
})
export type QuizSettings = z.infer<typeof QuizSettings>

/** A draft may be incomplete (empty prompts, no right choice); publishing asks for all that `activity_incomplete` lists. */
export const QuizDocument = z.object({
  kind: z.literal('quiz'),
  intro: RichText,
  /** What the whole is about; absent = nothing said. */
  topicIds: z.array(z.uuid()).max(20).optional(),
  questions: z.array(Question).max(200),
  settings: QuizSettings,
})
export type QuizDocument = z.infer<typeof QuizDocument>

/** The document of an activity. */
export const ActivityDocument = z.discriminatedUnion('kind', [QuizDocument, VideoDocument])
export type ActivityDocument = z.infer<typeof ActivityDocument>

export const ActivityKind = z.enum(['quiz', 'video'])
export type ActivityKind = z.infer<typeof ActivityKind>
export const ActivityTitle = z.string().trim().min(1).max(200)

/** What is missing before a draft can be published; `questionId` is null for what concerns the whole. */
export const DraftIssue = z.object({ questionId: z.string().nullable(), code: z.string(), message: z.string() })
export type DraftIssue = z.infer<typeof DraftIssue>

export const ActivitySummary = z.object({
  id: Id,
  kind: ActivityKind,
  title: z.string(),
  questionCount: z.number().int(),
  maxScore: z.number(),
  /** The latest published Version, null while there is only a draft. */
  published: z.object({ versionId: Id, number: z.number().int(), publishedAt: Instant, maxScore: z.number() }).nullable(),
  /** The draft holds changes that no Version has yet. */
  draftAhead: z.boolean(),
  updatedAt: Instant,
})
export type ActivitySummary = z.infer<typeof ActivitySummary>

export const Activity = ActivitySummary.extend({
  document: ActivityDocument,
  /** Rises by one with every save; sent back with the next one. */
  revision: z.number().int(),
  issues: z.array(DraftIssue),
  /** What does not keep it from being published, but should be looked at first: personal data found in its video, say. */
  warnings: z.array(DraftIssue).optional(),
})
export type Activity = z.infer<typeof Activity>

export const Sample = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  subject: z.string(),
  questionCount: z.number().int(),
  maxScore: z.number(),
})
export type Sample = z.infer<typeof Sample>

export const Topic = z.object({ id: Id, name: z.string() })
export type Topic = z.infer<typeof Topic>

const instructor = ['instructor'] as const
const activityParams = z.object({ activityId: Id })
const topicParams = z.object({ topicId: Id })
const TopicName = z.object({ name: z.string().trim().min(1).max(100) })

export const listActivities = endpoint({
  method: 'GET',
  path: '/api/activities',
  for: instructor,
  params: NoParams,
  body: NoBody,
  reply: z.object({ activities: z.array(ActivitySummary) }),
})
export const listSamples = endpoint({
  method: 'GET',
  path: '/api/samples',
  for: instructor,
  params: NoParams,
  body: NoBody,
  reply: z.object({ samples: z.array(Sample) }),
})
/** Makes an empty draft, a copy of a sample (published at once), or a copy of an activity of this course. */
export const createActivity = endpoint({
  method: 'POST',
  path: '/api/activities',
  for: instructor,
  params: NoParams,
  body: z.object({
    kind: ActivityKind,
    title: ActivityTitle.optional(),
    sampleId: z.string().max(100).optional(),
    copyOf: Id.optional(),
  }),
  reply: Activity,
})
export const getActivity = endpoint({
  method: 'GET',
  path: '/api/activities/:activityId',
  for: instructor,
  params: activityParams,
  body: NoBody,
  reply: Activity,
})
/** Autosave. `revision` is the one the author started from; another tab's newer save answers 409 draft_conflict. */
export const saveDraft = endpoint({
  method: 'PUT',
  path: '/api/activities/:activityId/draft',
  for: instructor,
  params: activityParams,
  body: z.object({ revision: z.number().int(), title: ActivityTitle, document: ActivityDocument }),
  reply: z.object({
    revision: z.number().int(),
    savedAt: Instant,
    issues: z.array(DraftIssue),
    warnings: z.array(DraftIssue).optional(),
  }),
  maxBytes: 1_048_576,
})
export const publishActivity = endpoint({
  method: 'POST',
  path: '/api/activities/:activityId/publish',
  for: instructor,
  params: activityParams,
  body: z.object({ revision: z.number().int() }),
  reply: Activity,
})
export const deleteActivity = endpoint({
  method: 'DELETE',
  path: '/api/activities/:activityId',
  for: instructor,
  params: activityParams,
  body: NoBody,
  reply: Ok,
})
export const listTopics = endpoint({
  method: 'GET',
  path: '/api/topics',
  for: instructor,
  params: NoParams,
  body: NoBody,
  reply: z.object({ topics: z.array(Topic) }),
})
export const createTopic = endpoint({
  method: 'POST',
  path: '/api/topics',
  for: instructor,
  params: NoParams,
  body: TopicName,
  reply: Topic,
})
export const renameTopic = endpoint({
  method: 'PUT',
  path: '/api/topics/:topicId',
  for: instructor,
  params: topicParams,
  body: TopicName,
  reply: Topic,
})
export const deleteTopic = endpoint({
  method: 'DELETE',
  path: '/api/topics/:topicId',
  for: instructor,
  params: topicParams,
  body: NoBody,
  reply: Ok,
})

/** What a formula looks like, while it is written; null: it cannot be read. */
export const showFormula = endpoint({
  method: 'POST',
  path: '/api/formula',
  for: ['instructor'],
  params: NoParams,
  body: z.object({ tex: z.string().max(2000) }),
  reply: z.object({ mathml: z.string().nullable() }),
})
