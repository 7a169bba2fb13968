// Interactive video: what its author writes, what a learner meets, and the calls of watching and of questions at their moment.
// Times are seconds from the start of the video, fractions allowed.
import { z } from 'zod'
import { Counting, ShowAnswers } from './counting.ts'
import { endpoint } from './endpoint.ts'
import { Playback } from './media.ts'
import { AnswerValue, LocalId, Question, RichText, Verdict } from './question.ts'
import { Id, Instant } from './session.ts'

/** A day: longer videos are not taken. */
const Seconds = z.number().min(0).max(86_400)

/**
 * Where unseen parts may be skipped. `forbidden`: only what was watched can be sought in, and nothing beyond it is credited.
 * `after-first-view`: so until the video counts as watched, in this attempt or an earlier one of the same person here.
 */
export const Skipping = z.enum(['forbidden', 'allowed', 'after-first-view'])
export type Skipping = z.infer<typeof Skipping>

/** A question at its moment. */
export const Cue = z.object({
  id: LocalId,
  atSeconds: Seconds,
  question: Question,
  /** The video goes on only when it is settled: answered right, or no try left. */
  required: z.boolean(),
  /** Checked answers per attempt; null = any number. */
  triesAllowed: z.number().int().min(1).max(10).nullable(),
  /** After an answer that is not right: watch again from there. null = stay. */
  backToSeconds: Seconds.nullable(),
})
export type Cue = z.infer<typeof Cue>

export const Chapter = z.object({ id: LocalId, atSeconds: Seconds, title: z.string().max(200) })
export type Chapter = z.infer<typeof Chapter>

export const VideoSettings = z.object({
  /** null = as many as wanted. */
  attemptsAllowed: z.number().int().min(1).max(100).nullable(),
  counting: Counting,
  showAnswers: ShowAnswers,
  skipping: Skipping,
  /** The share of the video that counts as watched. */
  watchedThreshold: z.number().min(0.01).max(1),
  /** What watching earns: in full from the threshold on, below it by share. 0 = watching is not graded. */
  watchPoints: z.number().min(0).max(1000),
  /** The share of the points from which an attempt counts as passed; absent: nothing is passed or failed. */
  passShare: z.number().min(0).max(1).nullish(),
})
export type VideoSettings = z.infer<typeof VideoSettings>

/** A draft may be incomplete; publishing asks for all that `activity_incomplete` lists. */
export const VideoDocument = z.object({
  kind: z.literal('video'),
  intro: RichText,
  /** What the whole is about; absent = nothing said. */
  topicIds: z.array(z.uuid()).max(20).optional(),
  /** null: no video was chosen yet. */
  assetId: z.uuid().nullable(),
  /** In any order; the server keeps them by time. */
  cues: z.array(Cue).max(200),
  chapters: z.array(Chapter).max(200),
  settings: VideoSettings,
})
export type VideoDocument = z.infer<typeof VideoDocument>

/** What a learner hears of a checked answer. The key is never in it: it comes with the outcome of the handed-in attempt, if it may. */
export const CueOutcome = z.object({
  /** null, and `score` too: the author shows it later or never, and no further try hangs on it. */
  verdict: Verdict.nullable(),
  score: z.number().nullable(),
  maxScore: z.number(),
  /** Feedback texts that apply to what was given, where they may be shown now. */
  feedback: z.array(RichText),
  /** Not right, and another try is left: go back there first. */
  backToSeconds: z.number().nullable(),
  triesUsed: z.number().int(),
  /** null = any number. 0 once it is settled. */
  triesLeft: z.number().int().nullable(),
  /** Nothing can be changed any more: right, or no try left. */
  settled: z.boolean(),
})
export type CueOutcome = z.infer<typeof CueOutcome>

export const CueState = z.object({
  id: LocalId,
  atSeconds: z.number(),
  questionId: LocalId,
  required: z.boolean(),
  triesAllowed: z.number().int().nullable(),
  triesUsed: z.number().int(),
  settled: z.boolean(),
  /** Of the last checked answer; null = none yet. */
  outcome: CueOutcome.nullable(),
})
export type CueState = z.infer<typeof CueState>

/** A stretch of the video, [from, to] in seconds. */
export const Stretch = z.tuple([z.number(), z.number()])
export type Stretch = z.infer<typeof Stretch>

/** How far watching has come, as the server credits it. */
export const Watched = z.object({
  /** Merged, in order, without overlaps. */
  watched: z.array(Stretch),
  creditedSeconds: z.number(),
  /** 0..1 of the whole length. */
  watchedShare: z.number(),
  /** Where to go on. */
  positionSeconds: z.number(),
  /** Unseen parts may be skipped now. */
  freeToSeek: z.boolean(),
})
export type Watched = z.infer<typeof Watched>

/** The video of an attempt; its questions stand in `AttemptView.questions`, in the order of their moments. */
export const VideoView = Watched.extend({
  /** null: the video cannot be had now (deleted, or made anew after a failure). */
  playback: Playback.nullable(),
  durationSeconds: z.number(),
  cues: z.array(CueState),
  chapters: z.array(Chapter),
  skipping: Skipping,
  watchedThreshold: z.number(),
  watchPoints: z.number(),
  /** The fastest playing that is credited. */
  maxSpeed: z.number(),
})
export type VideoView = z.infer<typeof VideoView>

/** What the start page says of a video beside the facts of every activity. */
export const VideoFacts = z.object({
  durationSeconds: z.number(),
  skipping: Skipping,
  watchedThreshold: z.number(),
  watchPoints: z.number(),
})
export type VideoFacts = z.infer<typeof VideoFacts>

/** What watching earned, beside the outcomes of the questions. */
export const WatchOutcome = z.object({ share: z.number(), score: z.number(), maxScore: z.number() })
export type WatchOutcome = z.infer<typeof WatchOutcome>

/**
 * Why a report, or a stretch of it, was not credited. `too-fast`: more than wall time allows. `replayed`: this view sent that report before.
 * `outside`: no part of the video. `skipped`: beyond what may be sought. `first`: the first report of a view opens it; nothing was timed before.
 */
export const WatchRefusal = z.enum(['too-fast', 'replayed', 'outside', 'skipped', 'first'])
export type WatchRefusal = z.infer<typeof WatchRefusal>

export const WatchNote = z.object({ at: Instant, why: WatchRefusal, from: z.number(), to: z.number() })
export type WatchNote = z.infer<typeof WatchNote>

/** Watching as an instructor sees it on the learner's page. */
export const LearnerWatching = z.object({
  durationSeconds: z.number(),
  watched: z.array(Stretch),
  watchedShare: z.number(),
  creditedSeconds: z.number(),
  score: z.number(),
  maxScore: z.number(),
  /** How many stretches were not credited; `notes` holds the latest of them. */
  refused: z.number().int(),
  notes: z.array(WatchNote),
})
export type LearnerWatching = z.infer<typeof LearnerWatching>

const attempts = ['learner', 'instructor', 'assistant'] as const

/**
 * What was played since the last report of this view, every 5 seconds and on pause, seek, end and hide. `viewId` is made once per page
 * view; its first report opens it (send it when playing begins, without intervals) and is credited nothing. Later ones are credited as
 * far as the wall time since the one before allows. Stretches that were credited before cost and earn nothing, so unanswered reports may
 * be sent again with the next one, under the next `seq`. attempt_not_found, attempt_closed, activity_kind_unsupported.
 */
export const reportWatching = endpoint({
  method: 'POST',
  path: '/api/attempts/:attemptId/watching',
  for: attempts,
  params: z.object({ attemptId: Id }),
  body: z.object({
    viewId: Id,
    seq: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    intervals: z.array(z.object({ from: Seconds, to: Seconds, speed: z.number().min(0.1).max(16) })).max(200),
    positionSeconds: Seconds,
    playing: z.boolean(),
  }),
  reply: Watched,
})

/**
 * Checks the answer to the question of a cue: one try, counted here. The same `seq` again is the same try and gives the same outcome;
 * a settled cue gives its outcome and takes no more. The last checked answer counts. attempt_not_found, attempt_closed, cue_not_found,
 * answer_invalid.
 */
export const checkCue = endpoint({
  method: 'POST',
  path: '/api/attempts/:attemptId/cues/:cueId/check',
  for: attempts,
  params: z.object({ attemptId: Id, cueId: LocalId }),
  body: z.object({ answer: AnswerValue, seq: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER) }),
  reply: CueOutcome,
})
