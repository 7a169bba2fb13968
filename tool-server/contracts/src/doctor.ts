// The setup doctor: what works between Cuepoint and each LMS, and who must click what where it does not.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, Instant, NoBody, NoParams } from './session.ts'

/** One line. `mend`: who must do what in that LMS; null where nothing is to be done. */
export const Check = z.object({
  name: z.enum(['status', 'platform-keys', 'tool-keys', 'scopes', 'deployments', 'clock', 'launch', 'score', 'line-item']),
  light: z.enum(['green', 'yellow', 'red', 'unknown']),
  says: z.string(),
  mend: z.string().nullable(),
})
export type Check = z.infer<typeof Check>

export const PlatformHealth = z.object({
  id: Id,
  name: z.string(),
  lms: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  deployments: z.array(
    z.object({
      id: Id,
      deploymentId: z.string(),
      status: z.enum(['pending', 'approved', 'refused']),
      institution: z.string().nullable(),
      firstSeenAt: Instant,
      lastLaunchAt: Instant.nullable(),
    }),
  ),
  checks: z.array(Check),
})
export type PlatformHealth = z.infer<typeof PlatformHealth>

/** One step of a try-out; `ok` false ends it. */
export const TryStep = z.enum(['keys', 'token', 'create', 'remove'])
export type TryStep = z.infer<typeof TryStep>
export const Tried = z.object({ ok: z.boolean(), says: z.string(), mend: z.string().nullable() })
export type Tried = z.infer<typeof Tried>

export const listPlatformHealth = endpoint({
  method: 'GET',
  path: '/api/admin/doctor',
  for: 'operator',
  params: NoParams,
  body: NoBody,
  reply: z.object({ platforms: z.array(PlatformHealth) }),
})
/** Calls the LMS now: its keys, a token, a test line item made and deleted again. The page asks step by step. */
export const tryPlatform = endpoint({
  method: 'POST',
  path: '/api/admin/doctor/:platformId/try/:step',
  for: 'operator',
  params: z.object({ platformId: Id, step: TryStep }),
  body: NoBody,
  reply: Tried,
})
