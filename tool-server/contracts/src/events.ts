// EVERY learning event, in one list. Name: room.noun.past. A changed shape is a new version.
import { z } from 'zod'
import { AdviceCode } from './advice.ts'
import { AssetKind } from './media.ts'
import { playerEventData } from './player-events.ts'
import { AnswerValue, LocalId, QuestionKind } from './question.ts'
import { Role } from './role.ts'
import { Id, Instant } from './session.ts'
import { PlacementSettings } from './teachers-hand.ts'

/** What every event says beside its own data; null where it has no person, course or placement. */
export interface EventScope {
  institutionId: string
  courseId: string | null
  personId: string | null
  placementId: string | null
}

/** learner: what a learner did, or what became of it. internal: the house's own business; it goes to no LRS. */
export type Facing = 'learner' | 'internal'

export interface EventKind<Name extends string = string, Data extends z.ZodType = z.ZodType> {
  readonly name: Name
  readonly version: number
  readonly data: Data
  readonly facing: Facing
}

function event<const Name extends string, Data extends z.ZodType>(name: Name, data: Data, version = 1): EventKind<Name, Data> {
  return { name, version, data, facing: 'internal' }
}

/** An event of a learner, for the institution's LRS too. Data of earlier versions must still fit: what is new is optional. */
function learning<const Name extends string, Data extends z.ZodType>(name: Name, data: Data, version = 1): EventKind<Name, Data> {
  return { name, version, data, facing: 'learner' }
}

const attempt = { attemptId: Id, activityId: Id, versionId: Id, number: z.number().int() }
/** Since version 2: the learner's language, and whether it is a teacher's own try (which is nobody's learning). */
const since2 = { locale: z.string().optional(), practice: z.boolean().optional() }
const page = { ...attempt, ...since2 }
/** What the server says of a video beside what the page told: its length, and what this attempt has watched so far. */
const played = {
  lengthSeconds: z.number().nullable(),
  /** Merged, in order. */
  played: z.array(z.tuple([z.number(), z.number()])),
  /** Share of the whole, 0..1. */
  progress: z.number(),
  /** Share that counts as all of it; null = all. */
  threshold: z.number().nullable(),
}
const watched = {
  ...played,
  /** Since the attempt was opened. */
  elapsedSeconds: z.number(),
  /** The event that opened this view (`assessment.video.initialized`). */
  openedBy: Id,
}
const playedBy = { userAgent: z.string().optional(), frameRate: z.number().optional(), track: z.string().optional() }
const seen = playerEventData
/** Advice on what to do next: what it came from, why, and to what. */
const advised = {
  recommendationId: Id,
  activityId: Id,
  /** The attempt that it came from. */
  attemptId: Id,
  reason: AdviceCode,
  target: z.object({
    activityId: Id,
    title: z.string(),
    span: z.object({ fromSeconds: z.number(), toSeconds: z.number() }).nullable(),
  }),
}

export const events = [
  learning('identity.session.opened', z.object({ sessionId: Id, role: Role, purpose: z.string() })),
  event('identity.placement.added', z.object({ title: z.string(), activityId: Id.nullable() })),
  event('identity.placement.pointed', z.object({ activityId: Id })),
  /** The class list was fetched anew. Who is new on it or back (`added`), whose role changed, who is not on it any more; ids only. */
  event(
    'identity.roster.refreshed',
    z.object({
      people: z.number().int(),
      added: z.array(Id),
      roleChanged: z.array(z.object({ personId: Id, role: z.enum(['instructor', 'learner']) })),
      left: z.array(Id),
    }),
  ),
  /** An administrator had this person erased: whoever holds something of them deletes it. The event itself is nobody's, so that it stays. */
  event('identity.person.erased', z.object({ personId: Id })),
  event('content.activity.created', z.object({ activityId: Id, kind: z.string(), title: z.string() })),
  event('content.activity.copied', z.object({ activityId: Id, fromActivityId: Id, fromCourseId: Id })),
  event('content.activity.published', z.object({ activityId: Id, versionId: Id, number: z.number().int(), maxScore: z.number() })),
  event('content.activity.deleted', z.object({ activityId: Id })),
  learning('assessment.attempt.opened', z.object({ ...page, startedAt: Instant, deadlineAt: Instant.nullable() }), 2),
  /** Handed in and graded. */
  learning(
    'assessment.attempt.submitted',
    z.object({
      ...page,
      startedAt: Instant,
      submittedAt: Instant,
      /** The time limit was over when it was handed in: by the server, or by the page that ran the clock down. */
      timeUp: z.boolean(),
      score: z.number(),
      maxScore: z.number(),
      questions: z.array(
        z.object({
          questionId: LocalId,
          kind: QuestionKind,
          topicIds: z.array(Id),
          score: z.number(),
          maxScore: z.number(),
          answer: AnswerValue.nullable(),
          /** Since version 3, of a video: it was checked at its moment, and told then. */
          checked: z.boolean().optional(),
        }),
      ),
      /** Since version 2: nobody pressed the button, and there was nothing in it when its time was over. */
      empty: z.boolean().optional(),
      /** Since version 2: may its learner see right answers now? The share of points that passes, where the author set one. */
      answersShown: z.boolean().optional(),
      passShare: z.number().nullish(),
      /** Of a video, since version 2: what was watched by the server's clock, and what that earned. */
      watching: z.object({ ...played, score: z.number(), maxScore: z.number() }).optional(),
    }),
    3,
  ),
  /** Its answers were marked. Told beside `assessment.attempt.submitted`, whose statements say the score too. */
  learning('assessment.attempt.graded', z.object({ ...page, score: z.number(), maxScore: z.number(), by: z.enum(['rules']) })),
  /**
   * The score that counts changed without a hand-in: a teacher set it or took that back, or the counting rule is another. Of the attempt that
   * it stands for. `assessment.result.changed`, told in the same moment, makes the statement (scored).
   */
  learning(
    'assessment.attempt.regraded',
    z.object({
      ...page,
      before: z.object({ score: z.number(), maxScore: z.number() }).nullable(),
      score: z.number(),
      maxScore: z.number(),
      by: z.enum(['teacher', 'rules']),
    }),
  ),
  /** Its time ended before it was handed in; `assessment.attempt.submitted` follows in the same moment. */
  learning('assessment.attempt.expired', z.object({ ...page, deadlineAt: Instant })),
  // What the player's page tells (player-events.ts), with what the server knows beside it.
  learning('assessment.question.shown', z.object({ ...page, ...seen['question.shown'].shape })),
  event('assessment.answer.changed', z.object({ ...page, ...seen['answer.changed'].shape })),
  learning('assessment.cue.shown', z.object({ ...page, ...seen['cue.shown'].shape })),
  /** An answer checked at its moment in a video: one try. */
  learning(
    'assessment.cue.checked',
    z.object({
      ...page,
      cueId: LocalId,
      questionId: LocalId,
      tries: z.number().int(),
      settled: z.boolean(),
      score: z.number(),
      maxScore: z.number(),
      answer: AnswerValue,
    }),
  ),
  /** Since version 2: by what it is watched, and what is played: pictures a second, the name of the sound. */
  learning('assessment.video.initialized', z.object({ ...page, ...watched, ...seen['video.initialized'].shape, ...playedBy }), 2),
  learning('assessment.video.played', z.object({ ...page, ...watched, ...seen['video.played'].shape })),
  /** Since version 2 `by`: the player stops for a question, and goes back where a wrong answer sends. */
  learning('assessment.video.paused', z.object({ ...page, ...watched, ...seen['video.paused'].shape }), 2),
  learning('assessment.video.seeked', z.object({ ...page, ...watched, ...seen['video.seeked'].shape }), 2),
  learning('assessment.video.completed', z.object({ ...page, ...watched, ...seen['video.completed'].shape })),
  learning('assessment.video.terminated', z.object({ ...page, ...watched, ...seen['video.terminated'].shape })),
  /** Since version 2 `captionsWere`: of captions that were switched off, in which language they had been. */
  learning(
    'assessment.video.interacted',
    z.object({ ...page, ...watched, ...seen['video.interacted'].shape, captionsWere: z.string().optional() }),
    2,
  ),
  /** The one that grades travel by: `lti` hears it and sends the score to the LMS. */
  learning(
    'assessment.result.changed',
    z.object({
      /** Rises with every change of this person's Result at this placement. */
      revision: z.number().int(),
      score: z.number(),
      maxScore: z.number(),
      /** When the learner handed in the attempt that made it. */
      submittedAt: Instant,
      startedAt: Instant,
      comment: z.string().nullable(),
      /** The attempt that made it (of an average or an override the last one), for an LMS that opens it again. */
      attemptId: Id.nullish(),
      activityId: Id.nullish(),
      /** True where nothing was handed in: a teacher's deed, or another counting rule. */
      recounted: z.boolean().nullish(),
    }),
  ),
  event('assessment.override.set', z.object({ byPersonId: Id, score: z.number(), maxScore: z.number(), comment: z.string().nullable() })),
  event('assessment.override.removed', z.object({ byPersonId: Id })),
  event('assessment.attempt.granted', z.object({ byPersonId: Id, extraAttempts: z.number().int() })),
  event('assessment.time.granted', z.object({ byPersonId: Id, extraSeconds: z.number().int() })),
  event('assessment.placement.scheduled', z.object({ byPersonId: Id, settings: PlacementSettings })),
  /** `again`: without a new Result, which would say so itself. */
  learning('gradebook.score.waiting', z.object({ revision: z.number().int(), again: z.boolean().optional() })),
  learning('gradebook.score.accepted', z.object({ revision: z.number().int() })),
  /** `code`: what kind of refusal it is, see RefusalKind. */
  learning('gradebook.score.refused', z.object({ revision: z.number().int(), reason: z.string(), code: z.string().optional() })),
  /** A score is to be sent once more: somebody asked, the class list changed, the learner came back, or the column did. */
  event('gradebook.score.requested', z.object({ revision: z.number().int(), why: z.enum(['asked', 'roster', 'launch', 'column']) })),
  learning('personalization.recommendation.shown', z.object(advised)),
  /** opened: the advised activity was opened from the course. played: the advised part of the video was. */
  learning('personalization.recommendation.followed', z.object({ ...advised, how: z.enum(['opened', 'played']) })),
  event('personalization.recommendation.dismissed', z.object(advised)),
  /** An instructor set other rules for an activity of the course. */
  event('personalization.plan.changed', z.object({ activityId: Id, byPersonId: Id.nullable() })),
  /** Statements of a person who was erased are void. `sure`: this LRS took them; `maybe`: it may have, and is asked first. */
  event('analytics.statements.voided', z.object({ personId: Id, lrsId: Id, sure: z.array(Id).max(500), maybe: z.array(Id).max(500) })),
  /** All bytes of a file are here and are what they say. Of a video or lecture on its way to be encoded, and of a sound. */
  event('media.upload.finished', z.object({ assetId: Id, kind: AssetKind, bytes: z.number().int() })),
  /** A video is to be encoded once more: its upload was retried, or the ladder changed. */
  event('media.transcode.requested', z.object({ assetId: Id, why: z.enum(['asked', 'ladder']) })),
  /**
   * One chunk is to be encoded: one delivery row each, so that a killed worker redoes one chunk. `lead`: the beginning of the smallest
   * rendition; `ladder`: a minute or so of all of them; `copy`: the source's own pictures; `finish`: playlists, storyboard, waveform.
   */
  event(
    'media.chunk.planned',
    z.object({ assetId: Id, generation: z.number().int(), task: z.enum(['lead', 'ladder', 'copy', 'finish']), chunk: z.number().int() }),
  ),
  event('media.asset.ready', z.object({ assetId: Id, durationSeconds: z.number() })),
  event('media.asset.failed', z.object({ assetId: Id, code: z.string() })),
] as const

export type AnyEventKind = (typeof events)[number]
export type EventName = AnyEventKind['name']
export type EventData<N extends EventName> = z.infer<Extract<AnyEventKind, { name: N }>['data']>

/** An event as it is recorded and heard. */
export interface LearningEvent<N extends EventName = EventName> extends EventScope {
  id: string
  name: N
  version: number
  occurredAt: Date
  data: EventData<N>
}

const byName = new Map<string, AnyEventKind>(events.map((kind) => [kind.name, kind]))

/** Of learners: what an institution's LRS may hear of. */
export const learnerEvents: readonly EventName[] = events.filter(({ facing }) => facing === 'learner').map(({ name }) => name)

/** The declaration of an event; throws for a name that is not in the list. */
export function eventKind(name: EventName): AnyEventKind {
  const kind = byName.get(name)
  if (!kind) throw new Error(`no such event: ${name}`)
  return kind
}
