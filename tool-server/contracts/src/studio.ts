// The deep-link studio: what is told of each chosen activity, where activities are placed, and copies from one's other courses.
import { z } from 'zod'
import { Activity, ActivitySummary } from './activity.ts'
import { endpoint } from './endpoint.ts'
import { Id, NoBody, NoParams } from './session.ts'

/** ISO 8601 with its zone (`Z` or an offset): a time without one means something else in every LMS. */
const ZonedTime = z.iso.datetime({ offset: true })

/** From when and until when, in the words of Deep Linking 2.0 (3.2.5, 3.2.6); either end may be open. */
export const DateWindow = z
  .object({ startDateTime: ZonedTime.optional(), endDateTime: ZonedTime.optional() })
  .refine(({ startDateTime, endDateTime }) => !startDateTime || !endDateTime || Date.parse(startDateTime) < Date.parse(endDateTime), {
    path: ['endDateTime'],
    message: 'The end must come after the start.',
  })
export type DateWindow = z.infer<typeof DateWindow>

/** One chosen activity, as the LMS is to show and grade it. */
export const LinkChoice = z.object({
  activityId: Id,
  title: z.string().trim().min(1).max(200),
  /** Shown beside the link. */
  text: z.string().trim().max(2000).optional(),
  /** 0 = no gradebook column. */
  points: z.number().min(0).max(100_000),
  /** Name of the gradebook column; the title where absent. */
  label: z.string().trim().max(200).optional(),
  /** What sort of column it is, for the LMS's filters; the activity's kind where absent. */
  tag: z.string().trim().max(100).optional(),
  /** When learners may open it. */
  available: DateWindow.optional(),
  /** When they may hand in. */
  submission: DateWindow.optional(),
})
export type LinkChoice = z.infer<typeof LinkChoice>

/** A form that the browser posts to the LMS. */
export const ReturnForm = z.object({ action: z.string(), fields: z.record(z.string(), z.string()) })

/** Why nothing can be added, told to the LMS as an error: the activity went meanwhile, nothing can be published, our own failure. */
export const ReturnProblem = z.enum(['activity_gone', 'nothing_to_add', 'failed'])
export type ReturnProblem = z.infer<typeof ReturnProblem>

/** Goes back to the LMS with an error instead of a choice (Deep Linking 2.0: errormsg, errorlog). One use, like the choice. */
export const returnDeepLinkProblem = endpoint({
  method: 'POST',
  path: '/api/deep-linking/problem',
  for: ['instructor'],
  params: NoParams,
  body: z.object({ problem: ReturnProblem }),
  reply: ReturnForm,
})

export const PlacedActivity = z.object({
  activityId: Id,
  placementId: Id,
  title: z.string(),
  /** The title of the other course that the activity is shared with; null = this course. */
  otherCourse: z.string().nullable(),
  /** Attempts that learners have open now. */
  running: z.number().int(),
})
export type PlacedActivity = z.infer<typeof PlacedActivity>

/** Where the activities of this course are placed, as far as their links have been opened. */
export const listPlacedActivities = endpoint({
  method: 'GET',
  path: '/api/placed-activities',
  for: ['instructor'],
  params: NoParams,
  body: NoBody,
  reply: z.object({ placed: z.array(PlacedActivity) }),
})

export const OtherCourse = z.object({ id: Id, title: z.string(), label: z.string(), activities: z.array(ActivitySummary) })
export type OtherCourse = z.infer<typeof OtherCourse>

/** The caller's other courses in this institution that they teach, with their activities. */
export const listOtherCourses = endpoint({
  method: 'GET',
  path: '/api/other-courses',
  for: ['instructor'],
  params: NoParams,
  body: NoBody,
  reply: z.object({ courses: z.array(OtherCourse) }),
})

/** Copies an activity of such a course into this one: as it is published there, and published here; else its draft. */
export const copyFromCourse = endpoint({
  method: 'POST',
  path: '/api/other-courses/:courseId/activities/:activityId/copy',
  for: ['instructor'],
  params: z.object({ courseId: Id, activityId: Id }),
  body: NoBody,
  reply: Activity,
})
