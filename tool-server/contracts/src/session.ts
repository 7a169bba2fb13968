// Who is here: Person, Course, Placement, Role; and the session of one launch.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Role } from './role.ts'

/** What the launch was for: an activity, choosing content for the LMS (deep linking), or reviewing a learner's work. */
export const Purpose = z.enum(['activity', 'choose', 'review'])
export type Purpose = z.infer<typeof Purpose>

export const Id = z.uuid()
/** ISO 8601 in UTC, as Date#toISOString writes it. */
export const Instant = z.iso.datetime()
export const NoBody = z.undefined().or(z.object({}).strip())
export const NoParams = z.object({}).strip()
export const Ok = z.object({ ok: z.literal(true) })

/** What a review is of. `personId` null: the learner is not known here (yet). */
export const Review = z.object({ placementId: Id, personId: Id.nullable(), attemptId: Id.nullable() })
export type Review = z.infer<typeof Review>

/** The server's view of a session, used to scope every query; never sent to a browser. */
export interface Caller {
  readonly sessionId: string
  readonly institutionId: string
  readonly courseId: string
  /** Absent for an anonymous launch. */
  readonly personId: string | null
  readonly placementId: string | null
  /** The activity the placement points at when the session was made. */
  readonly activityId: string | null
  readonly role: Role
  readonly purpose: Purpose
  /** A teacher who tries it as a student (Canvas's Student View): all is practice, nothing counts. */
  readonly testing?: boolean
  /** Whose work the session was opened to review. */
  readonly review?: Review | null
  /** BCP 47, e.g. `en` or `de-AT`. */
  readonly locale: string
  readonly expiresAt: Date
}

export const Session = z.object({
  /** Also the launch id of the address /a/{launch}. */
  id: Id,
  person: z.object({ id: Id, name: z.string() }).nullable(),
  course: z.object({ id: Id, title: z.string() }),
  placement: z.object({ id: Id, title: z.string(), activityId: Id.nullable() }).nullable(),
  role: Role,
  purpose: Purpose,
  locale: z.string(),
  /** The LMS as its people call it, and where "back to course" leads, if it said so. */
  platform: z.object({ name: z.string(), returnUrl: z.string().nullable() }),
  expiresAt: Instant,
})
export type Session = z.infer<typeof Session>

export const getSession = endpoint({
  method: 'GET',
  path: '/api/session',
  for: ['instructor', 'assistant', 'learner', 'viewer'],
  params: NoParams,
  body: NoBody,
  reply: Session,
})
