// The operator's sign-in at /admin: by a one-time link, apart from launches and their roles.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, Instant, NoBody, NoParams, Ok } from './session.ts'

/** The server's view of somebody signed in at /admin: above all institutions. */
export interface Operator {
  readonly operatorSessionId: string
  readonly expiresAt: Date
}

export const OperatorSession = z.object({ id: Id, expiresAt: Instant })
export type OperatorSession = z.infer<typeof OperatorSession>

/** Exchanges the token of a one-time link (from the address's fragment, which reaches no log) for a session. */
export const signInOperator = endpoint({
  method: 'POST',
  path: '/api/admin/sign-in',
  for: 'anyone',
  params: NoParams,
  body: z.object({ link: z.string().min(1).max(100) }),
  reply: OperatorSession.extend({ token: z.string() }),
})
export const getOperator = endpoint({
  method: 'GET',
  path: '/api/admin/session',
  for: 'operator',
  params: NoParams,
  body: NoBody,
  reply: OperatorSession,
})
export const signOutOperator = endpoint({
  method: 'POST',
  path: '/api/admin/sign-out',
  for: 'operator',
  params: NoParams,
  body: NoBody,
  reply: Ok,
})
