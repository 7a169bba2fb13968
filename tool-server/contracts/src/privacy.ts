// People's data as an administrator decides about it: how long it is kept, the export and the erasure of one person, who looked at whom.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, Instant, NoBody, NoParams, Ok } from './session.ts'

const Months = z.number().int().min(1).max(240).nullable()

export const PrivacySettings = z.object({
  /** Attempts, answers, results: so long after the last activity in their course. null = for ever. */
  workMonths: Months,
  /** Events and statements: so long after they happened. null = for ever. */
  recordMonths: Months,
  /** Teachers see no names: never in dashboards and advice; in the list of learners where they ask for them, to grade by hand. */
  pseudonyms: z.boolean(),
})
export type PrivacySettings = z.infer<typeof PrivacySettings>

/** What would be deleted today. */
export const RetentionPreview = z.object({
  courses: z.number().int(),
  attempts: z.number().int(),
  people: z.number().int(),
  events: z.number().int(),
  statements: z.number().int(),
})
export type RetentionPreview = z.infer<typeof RetentionPreview>

/** What was looked at: an attempt, a learner's page or story; of the whole class a CSV, statements or withheld names; or the export of a person. */
export const LookAt = z.enum([
  'attempt',
  'learner-page',
  'story',
  'class-csv',
  'advice-csv',
  'roster-csv',
  'statements',
  'class-names',
  'export',
])
export type LookAt = z.infer<typeof LookAt>

export const SeenLook = z.object({
  id: z.number().int(),
  at: Instant,
  what: LookAt,
  /** null = somebody signed in at /admin. */
  by: z.object({ personId: Id, name: z.string(), externalId: z.string() }).nullable(),
  /** null = the whole class. */
  of: z.object({ personId: Id, name: z.string(), externalId: z.string(), erased: z.boolean() }).nullable(),
  course: z.string(),
  placement: z.string(),
})
export type SeenLook = z.infer<typeof SeenLook>
export const LookPage = z.object({ looks: z.array(SeenLook), more: z.boolean() })
export type LookPage = z.infer<typeof LookPage>

export const FoundPerson = z.object({
  personId: Id,
  name: z.string(),
  email: z.string(),
  /** The LMS's id for them. */
  externalId: z.string(),
  /** Titles, the last visited first; at most five. */
  courses: z.array(z.string()),
  lastSeenAt: Instant.nullable(),
})
export type FoundPerson = z.infer<typeof FoundPerson>

/** How far an LRS has been told that statements are void. */
export const Voiding = z.object({
  lrs: z.string(),
  statements: z.number().int(),
  /** gone: it was removed here, so nobody tells it. */
  state: z.enum(['told', 'waiting', 'refused', 'gone']),
})
export type Voiding = z.infer<typeof Voiding>

export const Erasure = z.object({
  personId: Id,
  askedAt: Instant,
  /** null = under way. */
  doneAt: Instant.nullable(),
  /** Rows, by table. */
  counts: z.record(z.string(), z.number().int()),
  voiding: z.array(Voiding),
})
export type Erasure = z.infer<typeof Erasure>

export const PrivacyDeed = z.object({
  id: z.number().int(),
  at: Instant,
  deed: z.enum(['settings', 'retention', 'export', 'erasure']),
  /** Of a run of retention counts, of settings their values. */
  facts: z.record(z.string(), z.union([z.number(), z.boolean(), z.string(), z.null()])),
})
export type PrivacyDeed = z.infer<typeof PrivacyDeed>

export const PrivacyDesk = z.object({
  institutions: z.array(z.object({ id: Id, name: z.string(), settings: PrivacySettings })),
})
export type PrivacyDesk = z.infer<typeof PrivacyDesk>

const operator = { for: 'operator', params: NoParams } as const
const institution = z.object({ institutionId: Id })

export const getPrivacyDesk = endpoint({ ...operator, method: 'GET', path: '/api/admin/privacy', body: NoBody, reply: PrivacyDesk })
export const savePrivacy = endpoint({
  ...operator,
  method: 'POST',
  path: '/api/admin/privacy/settings',
  body: institution.extend({ settings: PrivacySettings }),
  reply: Ok,
})
/** Deletes nothing. */
export const previewRetention = endpoint({
  ...operator,
  method: 'POST',
  path: '/api/admin/privacy/preview',
  body: institution.extend({ workMonths: Months, recordMonths: Months }),
  reply: RetentionPreview,
})
/** What was done, newest first, and the erasures with what LRSs were told. */
export const listPrivacyDeeds = endpoint({
  ...operator,
  method: 'POST',
  path: '/api/admin/privacy/deeds',
  body: institution,
  reply: z.object({ deeds: z.array(PrivacyDeed), erasures: z.array(Erasure) }),
})
export const findPeople = endpoint({
  ...operator,
  method: 'POST',
  path: '/api/admin/privacy/people',
  body: institution.extend({ text: z.string().trim().min(1).max(200) }),
  reply: z.object({ people: z.array(FoundPerson), more: z.boolean() }),
})
/** `typed`: the person's name, or their LMS id where they have none. Twice is once. confirmation_differs. */
export const erasePerson = endpoint({
  ...operator,
  method: 'POST',
  path: '/api/admin/privacy/erase',
  body: institution.extend({ personId: Id, typed: z.string().max(500) }),
  reply: Erasure,
})
/** `text`: a part of a name, or an LMS id, of either side; '' = all. `before`: the last id of the page before. */
export const listLooks = endpoint({
  ...operator,
  method: 'POST',
  path: '/api/admin/looks',
  body: institution.extend({ text: z.string().max(200), before: z.number().int().nullable() }),
  reply: LookPage,
})
export const getLooksCsv = endpoint({
  ...operator,
  method: 'POST',
  path: '/api/admin/looks/csv',
  body: institution.extend({ text: z.string().max(200) }),
  reply: z.object({ fileName: z.string(), csv: z.string() }),
})
