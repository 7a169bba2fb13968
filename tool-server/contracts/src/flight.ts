// The flight recorder: the last launches and service calls of each deployment, step by step, without anything about a person.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, Instant, NoBody } from './session.ts'

export const FlightStep = z.object({ name: z.string(), ok: z.boolean(), ms: z.number() })

export const Flight = z.object({
  id: z.string(),
  /** login, launch; token, score, result, line-item, roster, keys. */
  kind: z.string(),
  at: Instant,
  ms: z.number().int(),
  /** waiting: the next rung of the ladder was offered. */
  outcome: z.enum(['ok', 'refused', 'failed', 'waiting']),
  reason: z.string().nullable(),
  /** Rows of the conformance table that the reason belongs to, e.g. B25. */
  cases: z.array(z.string()),
  supportCode: z.string().nullable(),
  platform: z.object({ id: Id, name: z.string() }).nullable(),
  deploymentId: z.string().nullable(),
  /** In order; the last may be the one that failed. */
  steps: z.array(FlightStep),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})
export type Flight = z.infer<typeof Flight>

export const FlightList = z.object({
  /** What can be looked at: every deployment, by its platform. */
  deployments: z.array(z.object({ id: Id, platform: z.string(), deploymentId: z.string() })),
  /** Newest first. */
  flights: z.array(Flight),
})
export type FlightList = z.infer<typeof FlightList>

/** Of one deployment (with the calls of its platform), of nobody known (`unknown`), or the newest of all. */
export const listFlights = endpoint({
  method: 'GET',
  path: '/api/admin/flights/of/:which',
  for: 'operator',
  params: z.object({ which: z.union([Id, z.enum(['all', 'unknown'])]) }),
  body: NoBody,
  reply: FlightList,
})
/** By the support code of an error page, with what belongs to the same login. */
export const findFlights = endpoint({
  method: 'GET',
  path: '/api/admin/flights/code/:code',
  for: 'operator',
  params: z.object({ code: z.string().min(1).max(20) }),
  body: NoBody,
  reply: z.object({ flights: z.array(Flight) }),
})
