// What a player's page tells of itself: the browser names the event, its id and its time; who, which attempt, what was watched and
// what it is worth are the server's to say. A page can never set the actor, a score or `success`.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { LocalId } from './question.ts'
import { Id, Instant } from './session.ts'

/** Seconds from the start of a video. */
const Seconds = z.number().min(0).max(360_000)
const Size = z.string().regex(/^\d{1,5}x\d{1,5}$/)
/** One page that plays the video, from its opening to its end. Also the id of its `video.initialized`. */
const view = { viewId: z.uuidv4() }

/** The player did it of its own accord: it stopped for a question, or went where a wrong answer sends. Absent = its viewer did. */
const itself = { by: z.literal('video').optional() }

/** How the player stood; what the page does not know is left out. */
export const PlayerState = z.object({
  speed: z.number().min(0.1).max(16).optional(),
  volume: z.number().min(0).max(1).optional(),
  /** Captions shown, in which language (BCP 47); null = none. */
  captions: z.string().max(35).nullable().optional(),
  fullScreen: z.boolean().optional(),
  screenSize: Size.optional(),
  playbackSize: Size.optional(),
  /** Height of the rendition in lines; 0 = the sound alone. */
  quality: z.number().int().min(0).max(10_000).optional(),
})
export type PlayerState = z.infer<typeof PlayerState>

export const playerEventData = {
  'question.shown': z.object({ questionId: LocalId }),
  /** Given or changed; `times` since the last such event of this question. */
  'answer.changed': z.object({ questionId: LocalId, times: z.number().int().min(1).max(1000) }),
  'cue.shown': z.object({ cueId: LocalId, seconds: Seconds }),
  'video.initialized': z.object({ ...view, state: PlayerState }),
  'video.played': z.object({ ...view, seconds: Seconds, speed: z.number().min(0.1).max(16).optional() }),
  'video.paused': z.object({ ...view, seconds: Seconds, ...itself }),
  'video.seeked': z.object({ ...view, fromSeconds: Seconds, toSeconds: Seconds, ...itself }),
  'video.completed': z.object({ ...view, seconds: Seconds }),
  'video.terminated': z.object({ ...view, seconds: Seconds }),
  'video.interacted': z.object({
    ...view,
    seconds: Seconds,
    what: z.enum(['captions', 'volume', 'screen', 'speed', 'quality']),
    state: PlayerState,
  }),
} as const
export type PlayerEventName = keyof typeof playerEventData

/** `id` is made in the browser once: sent again with the same id it counts once. `at`: by the browser's clock. */
const told = { id: z.uuidv4(), at: Instant }
const one = <N extends PlayerEventName>(name: N) => z.object({ ...told, name: z.literal(name), data: playerEventData[name] })

export const PlayerEvent = z.discriminatedUnion('name', [
  one('question.shown'),
  one('answer.changed'),
  one('cue.shown'),
  one('video.initialized'),
  one('video.played'),
  one('video.paused'),
  one('video.seeked'),
  one('video.completed'),
  one('video.terminated'),
  one('video.interacted'),
])
export type PlayerEvent = z.infer<typeof PlayerEvent>

/** What became of each: `taken` is durable (now, or since an earlier try), `refused` will never be taken. */
export const EventReceipt = z.object({
  taken: z.array(z.string()),
  refused: z.array(z.object({ id: z.string().nullable(), why: z.string() })),
})
export type EventReceipt = z.infer<typeof EventReceipt>

/** Each event is judged by itself (see PlayerEvent): a broken one does not hold up the others. `sentAt` tells how wrong the clock is. */
export const tellEvents = endpoint({
  method: 'POST',
  path: '/api/attempts/:attemptId/events',
  for: ['learner', 'instructor', 'assistant'],
  params: z.object({ attemptId: Id }),
  body: z.object({ sentAt: Instant, events: z.array(z.unknown()).min(1).max(100) }),
  reply: EventReceipt,
})
