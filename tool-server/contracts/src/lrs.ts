// Learning record stores (LRS) as an operator sets them up and looks at them.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, Instant, NoBody, NoParams, Ok } from './session.ts'

export const XapiVersion = z.enum(['1.0.3', '2.0.0'])
export type XapiVersion = z.infer<typeof XapiVersion>

/** How people are named there: by the account at the LMS, by a name that only Cuepoint can lead back, by mail address where one is known. */
export const ActorName = z.enum(['account', 'pseudonym', 'mail'])
export type ActorName = z.infer<typeof ActorName>

const settings = {
  name: z.string().trim().min(1).max(200),
  /** The LRS's endpoint, with or without `/statements` at its end. */
  url: z.url({ protocol: /^https?$/ }).max(500),
  xapiVersion: XapiVersion,
  username: z.string().min(1).max(500),
  actor: ActorName,
  /** Names of events; null = every kind, those of later releases too. */
  events: z.array(z.string().max(100)).max(100).nullable(),
}

export const LrsState = z.object({
  id: Id,
  institution: z.object({ id: Id, name: z.string() }),
  ...settings,
  /** refused: it let us in no more, and waits for an administrator. */
  state: z.enum(['on', 'paused', 'refused']),
  stateReason: z.string().nullable(),
  /** Events that wait, and the age of the oldest; parked: given up, with the LRS's words (Background work). */
  backlog: z.object({ due: z.number().int(), parked: z.number().int(), oldestSeconds: z.number() }),
  /** Statements, ever and in the last five minutes. */
  sent: z.number().int(),
  perMinute: z.number(),
  lastSentAt: Instant.nullable(),
  lastError: z.string().nullable(),
  lastErrorAt: Instant.nullable(),
})
export type LrsState = z.infer<typeof LrsState>

export const LrsDesk = z.object({
  institutions: z.array(z.object({ id: Id, name: z.string() })),
  /** Events that become statements. */
  events: z.array(z.string()),
  all: z.array(LrsState),
})
export type LrsDesk = z.infer<typeof LrsDesk>

/** What a test statement met with; `words` are the LRS's own where it said no. */
export const LrsTrial = z.object({ outcome: z.enum(['read-back', 'taken', 'refused']), words: z.string(), statementId: Id })
export type LrsTrial = z.infer<typeof LrsTrial>

const operator = { for: 'operator', params: NoParams } as const
const one = z.object({ lrsId: Id })

export const getLrsDesk = endpoint({ ...operator, method: 'GET', path: '/api/admin/lrs', body: NoBody, reply: LrsDesk })
/** A new one, or the change of one (`lrsId`), whose password stays where none is given. Its institution cannot be changed. */
export const saveLrs = endpoint({
  ...operator,
  method: 'POST',
  path: '/api/admin/lrs',
  body: z.object({ lrsId: Id.nullable(), institutionId: Id, ...settings, password: z.string().min(1).max(1000).nullable() }),
  reply: one,
})
export const tryLrs = endpoint({ ...operator, method: 'POST', path: '/api/admin/lrs/try', body: one, reply: LrsTrial })
/** `on` false pauses: events wait. */
export const switchLrs = endpoint({
  ...operator,
  method: 'POST',
  path: '/api/admin/lrs/switch',
  body: one.extend({ on: z.boolean() }),
  reply: Ok,
})
export const removeLrs = endpoint({ ...operator, method: 'POST', path: '/api/admin/lrs/remove', body: one, reply: Ok })
/** Everything that happened in that time goes there again; what it has already it keeps once. */
export const resendToLrs = endpoint({
  ...operator,
  method: 'POST',
  path: '/api/admin/lrs/resend',
  body: one.extend({ from: Instant, until: Instant }),
  reply: z.object({ count: z.number().int() }),
})
