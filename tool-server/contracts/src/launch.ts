// What a launch hands to the browser, and the calls that only exist because an LMS opened us.
import { z } from 'zod'
import { PlacementOverview, PlayerView } from './attempt.ts'
import { endpoint } from './endpoint.ts'
import { Id, NoBody, NoParams, Review, Session } from './session.ts'
import { LinkChoice, ReturnForm } from './studio.ts'

/** Which island the browser lights. `empty`: a placement that points at no activity yet, seen by a learner. */
export const Island = z.enum(['player', 'picker', 'overview', 'review', 'empty'])
export type Island = z.infer<typeof Island>

/**
 * What becomes of points here. column: the LMS makes a gradebook column of each link; perhaps: it does not say; none: it ignores what
 * we send of columns; not_granted: it gives us no right to send scores.
 */
export const LinkGrading = z.enum(['column', 'perhaps', 'none', 'not_granted'])
export type LinkGrading = z.infer<typeof LinkGrading>

/** What the LMS takes back from the picker (LTI Deep Linking 2.0 settings, in our words). */
export const DeepLinkOffer = z.object({
  acceptsMultiple: z.boolean(),
  /** The LMS makes a gradebook column from what we send. */
  acceptsLineItem: z.boolean(),
  grading: LinkGrading,
  platformName: z.string(),
  /** Title the instructor already typed in the LMS, if any. */
  title: z.string(),
  /** The LMS edits a link that it has: the activity that this one leads to, as the LMS says. */
  activityId: Id.nullable(),
})
export type DeepLinkOffer = z.infer<typeof DeepLinkOffer>

/** The JSON in the launch page (`<script type="application/json" id="launch">`): the session exchange and the first paint. */
export const LaunchData = z.object({
  session: Session,
  island: Island,
  player: PlayerView.nullable(),
  overview: PlacementOverview.nullable(),
  deepLinking: DeepLinkOffer.nullable(),
  /** Whose work is reviewed, where the launch was for that. */
  review: Review.nullish(),
})
export type LaunchData = z.infer<typeof LaunchData>

/** The launch page also carries the bearer token, once. It is kept in memory and, where allowed, in sessionStorage. */
export const LaunchPageData = LaunchData.extend({ token: z.string() })
export type LaunchPageData = z.infer<typeof LaunchPageData>

/** The same first paint again, for a reload of /a/{launch} in a tab that still has its token. */
export const getLaunch = endpoint({
  method: 'GET',
  path: '/api/launch',
  for: ['instructor', 'assistant', 'learner', 'viewer'],
  params: NoParams,
  body: NoBody,
  reply: LaunchData,
})
/** A reload without the token: the binding cookie of the login, if the browser still sends it, gives the session back. */
export const resumeLaunch = endpoint({
  method: 'POST',
  path: '/api/launches/:launchId/resume',
  for: 'anyone',
  params: z.object({ launchId: Id }),
  body: NoBody,
  reply: LaunchPageData,
})
/** The instructor's choice as a signed form for the LMS: the browser posts `fields` to `action`. One use. */
export const returnDeepLinks = endpoint({
  method: 'POST',
  path: '/api/deep-linking/return',
  for: ['instructor'],
  params: NoParams,
  body: z.object({
    /** Empty = cancelled. */
    items: z.array(LinkChoice).max(50),
  }),
  reply: ReturnForm,
  maxBytes: 262_144,
})
/** Points a placement at an activity of its course: for links that an LMS made without our picker, or to change it. */
export const choosePlacementActivity = endpoint({
  method: 'PUT',
  path: '/api/placements/:placementId/activity',
  for: ['instructor'],
  params: z.object({ placementId: Id }),
  body: z.object({ activityId: Id }),
  reply: LaunchData,
})
