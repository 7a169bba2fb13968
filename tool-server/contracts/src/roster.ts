// The class list as the LMS keeps it: how fresh it is, how a learner stands on it, sections and groups, and its CSV.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, Instant, NoBody, NoParams } from './session.ts'

/** How fresh the class list is. `refreshedAt` null: never fetched yet. */
export const Roster = z.object({
  refreshedAt: Instant.nullable(),
  /** How many people it held. */
  people: z.number().int(),
  /** When it was last tried; later than `refreshedAt` where that failed. */
  triedAt: Instant.nullable(),
  /** Why the last try failed, for a teacher; null = it did not. */
  failure: z.string().nullable(),
})
export type Roster = z.infer<typeof Roster>

/** `left`: not on the list any more; `teacher`: has attempts from before; `unlisted`: has attempts and is not known in the course. */
export const Enrolment = z.enum(['active', 'inactive', 'left', 'teacher', 'unlisted'])
export type Enrolment = z.infer<typeof Enrolment>

/** A section or group of a course. `named` false: the LMS tells no name, `name` is its number there. `own`: the caller belongs to it. */
export const CourseGroup = z.object({
  id: Id,
  kind: z.enum(['section', 'group']),
  name: z.string(),
  named: z.boolean(),
  own: z.boolean(),
})
export type CourseGroup = z.infer<typeof CourseGroup>

/** Fetches the class list now; a second press within seconds, or while one is under way, fetches nothing anew. */
export const refreshRoster = endpoint({
  method: 'POST',
  path: '/api/roster/refresh',
  for: ['instructor', 'assistant'],
  params: NoParams,
  body: NoBody,
  reply: Roster,
})

/** The class with its results as a CSV (RFC 4180, UTF-8 with BOM); cells that a spreadsheet would run are made harmless. */
export const getRosterCsv = endpoint({
  method: 'GET',
  path: '/api/placements/:placementId/roster-csv',
  for: ['instructor', 'assistant'],
  params: z.object({ placementId: Id }),
  body: NoBody,
  reply: z.object({ fileName: z.string(), csv: z.string() }),
})
