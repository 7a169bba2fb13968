// Statements as the house keeps them, to be read: xAPI's own address with its filters, and the operator's list. Not a full LRS.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Instant, NoBody, NoParams } from './session.ts'

/** A learner reads their own, who teaches the course's. Query: the filters of xAPI 1.0.3, 2.1.3; `more` of an answer goes on. */
export const readStatements = endpoint({
  method: 'GET',
  path: '/xapi/statements',
  for: ['learner', 'instructor', 'assistant'],
  params: NoParams,
  body: NoBody,
  /** One statement where `statementId` is asked for, else `{ statements, more }`. */
  reply: z.record(z.string(), z.unknown()),
})

export const KeptStatement = z.object({
  id: z.string(),
  institution: z.string(),
  course: z.string(),
  verb: z.string(),
  object: z.string(),
  stored: Instant,
  statement: z.record(z.string(), z.unknown()),
})
export type KeptStatement = z.infer<typeof KeptStatement>

/** The newest hundred of all institutions. */
export const listStatements = endpoint({
  method: 'GET',
  path: '/api/admin/statements',
  for: 'operator',
  params: NoParams,
  body: NoBody,
  reply: z.object({ statements: z.array(KeptStatement) }),
})
