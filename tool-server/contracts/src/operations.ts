// What an operator sees of the background work, and may do with what was given up.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, Instant, NoBody, NoParams } from './session.ts'

export const ListenerState = z.object({
  listener: z.string(),
  /** A worker process is there for it. */
  served: z.boolean(),
  due: z.number().int(),
  leased: z.number().int(),
  parked: z.number().int(),
  /** Age of the oldest row that waits; 0 where none does. */
  oldestSeconds: z.number(),
})
export type ListenerState = z.infer<typeof ListenerState>

export const ParkedRow = z.object({
  id: z.string(),
  listener: z.string(),
  event: z.string(),
  institution: z.object({ id: Id, name: z.string() }),
  attempts: z.number().int(),
  reason: z.string(),
  parkedAt: Instant,
  occurredAt: Instant,
})
export type ParkedRow = z.infer<typeof ParkedRow>

/** A worker process that was heard of lately. */
export const WorkerState = z.object({
  host: z.string(),
  pid: z.number().int(),
  listens: z.array(z.string()),
  startedAt: Instant,
  warnings: z.array(z.string()),
})
export type WorkerState = z.infer<typeof WorkerState>

export const Deliveries = z.object({
  workers: z.array(WorkerState),
  /** Every listener of this release, and any older one that still has rows. */
  listeners: z.array(ListenerState),
  /** Newest first, at most 200. */
  parked: z.array(ParkedRow),
})
export type Deliveries = z.infer<typeof Deliveries>

const Ids = z
  .array(z.string().regex(/^\d{1,19}$/))
  .min(1)
  .max(200)
const Count = z.object({ count: z.number().int() })

export const listDeliveries = endpoint({
  method: 'GET',
  path: '/api/admin/deliveries',
  for: 'operator',
  params: NoParams,
  body: NoBody,
  reply: Deliveries,
})
/** Some, or all that a listener has parked. */
export const resendDeliveries = endpoint({
  method: 'POST',
  path: '/api/admin/deliveries/resend',
  for: 'operator',
  params: NoParams,
  body: z.union([z.object({ ids: Ids }), z.object({ listener: z.string().min(1).max(100) })]),
  reply: Count,
})
export const discardDeliveries = endpoint({
  method: 'POST',
  path: '/api/admin/deliveries/discard',
  for: 'operator',
  params: NoParams,
  body: z.object({ ids: Ids }),
  reply: Count,
})
