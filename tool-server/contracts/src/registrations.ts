// How LMSs come in, as an operator decides it: one-time links, pending registrations and deployments, origins, the signing keys.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, Instant, NoBody, NoParams, Ok } from './session.ts'

export const RegistrationDesk = z.object({
  /** The server's clock, by which the countdowns of the keys run. */
  now: Instant,
  links: z.array(
    z.object({
      id: Id,
      name: z.string(),
      lms: z.string().nullable(),
      expiresAt: Instant,
      state: z.enum(['open', 'used', 'expired', 'revoked', 'exhausted']),
      lastFailure: z.string().nullable(),
    }),
  ),
  /** Registrations that made themselves and wait. */
  pending: z.array(
    z.object({
      id: Id,
      name: z.string(),
      lms: z.string(),
      issuer: z.string(),
      clientId: z.string(),
      addresses: z.array(z.string()),
      refusedScopes: z.array(z.string()),
    }),
  ),
  /** Deployments that are not approved. */
  deployments: z.array(
    z.object({ registrationId: Id, platform: z.string(), deploymentId: z.string(), status: z.enum(['pending', 'refused']) }),
  ),
  origins: z.array(
    z.object({
      registrationId: Id,
      deploymentId: z.string(),
      origin: z.string(),
      service: z.string(),
      status: z.enum(['asked', 'approved', 'refused']),
    }),
  ),
  keys: z.array(
    z.object({ kid: z.string(), state: z.enum(['coming', 'signing', 'leaving']), signsFrom: Instant, publishedUntil: Instant.nullable() }),
  ),
  /** What an LMS that is set up by hand is told. */
  addresses: z.object({ login: z.string(), launch: z.string(), keys: z.string(), canvas: z.string() }),
})
export type RegistrationDesk = z.infer<typeof RegistrationDesk>

const post = { method: 'POST', for: 'operator', params: NoParams, reply: Ok } as const
const Deployment = z.object({ registrationId: Id, deploymentId: z.string().min(1).max(255) })

export const getRegistrationDesk = endpoint({
  method: 'GET',
  path: '/api/admin/registrations',
  for: 'operator',
  params: NoParams,
  body: NoBody,
  reply: RegistrationDesk,
})
/** The address is shown this once. */
export const addRegistrationLink = endpoint({
  ...post,
  path: '/api/admin/registration-links',
  body: z.object({ name: z.string().trim().min(1).max(200), lms: z.string().max(40).nullable() }),
  reply: z.object({ address: z.string(), expiresAt: Instant }),
})
export const dropRegistrationLink = endpoint({ ...post, path: '/api/admin/registration-links/revoke', body: z.object({ linkId: Id }) })
export const decideRegistration = endpoint({
  ...post,
  path: '/api/admin/registrations/decision',
  body: z.object({ registrationId: Id, approve: z.boolean() }),
})
export const decideDeployment = endpoint({
  ...post,
  path: '/api/admin/deployments/decision',
  body: Deployment.extend({ approve: z.boolean() }),
})
export const decideDeploymentOrigin = endpoint({
  ...post,
  path: '/api/admin/origins/decision',
  body: Deployment.extend({ origin: z.string().min(1).max(300), approve: z.boolean() }),
})
export const rotateToolKey = endpoint({ ...post, path: '/api/admin/keys/rotate', body: NoBody })
