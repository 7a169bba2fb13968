// From a contract's endpoint to a route: parse, role, run, and parse the reply on the way out, so that no model leaks.
import type { Caller, Endpoint, Operator } from '@cuepoint/contracts'
import type { NextFunction, Request, Response } from 'express'
import type { z } from 'zod'
import { AppError, forbidden, invalid } from '../errors.ts'

/** What a handler gets: everything parsed, and who calls (null only where the endpoint is for 'anyone'). */
export interface Input<E extends Endpoint> {
  caller: E['for'] extends 'anyone' ? null : E['for'] extends 'operator' ? Operator : Caller
  params: z.output<E['params']>
  body: z.output<E['body']>
  request: Request
  response: Response
}

/** A route as a room declares it: an endpoint of the contracts, or a page (HTML, form posts, protocol addresses). */
export type Route =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint; readonly handle: (input: Input<Endpoint>) => Promise<unknown> }
  | {
      readonly kind: 'page'
      /** HEAD, PATCH and DELETE: protocols that are not ours. */
      readonly method: 'GET' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE'
      readonly path: string
      /** What the page is for: stands in the catalogue. */
      readonly says: string
      readonly form?: { maxBytes: number }
      /** Called by a server: its body is JSON, as text, and so are refusals. */
      readonly json?: { maxBytes: number }
      readonly handle: (request: Request, response: Response, next: NextFunction) => Promise<void> | void
    }

export function implement<E extends Endpoint>(endpoint: E, handle: (input: Input<E>) => Promise<z.input<E['reply']>>): Route {
  return { kind: 'endpoint', endpoint, handle: handle as unknown as (input: Input<Endpoint>) => Promise<unknown> }
}

export function page(it: Omit<Extract<Route, { kind: 'page' }>, 'kind'>): Route {
  return { kind: 'page', ...it }
}

/** Finds who a bearer token is; null = no such session, it has ended, or its time is over. Two tables: neither token passes for the other. */
export interface Authenticate {
  session(token: string): Promise<Caller | null>
  operator(token: string): Promise<Operator | null>
  /** Has the last word on the JSON of a reply to a session: addresses that are made for it alone. */
  finish?(caller: Caller, json: string): Promise<string>
}

/** The Express handler of an endpoint. */
export function handlerOf(route: Extract<Route, { kind: 'endpoint' }>, authenticate: Authenticate) {
  const { endpoint } = route
  return async (request: Request, response: Response): Promise<void> => {
    const caller = await whoCalls(request, response, endpoint, authenticate)
    const params = parsed(endpoint.params, request.params, 'resource_not_found')
    const body = parsed(endpoint.body, jsonOf(request.body as unknown), 'body_invalid')
    const reply = await route.handle({ caller, params, body, request, response } as Input<Endpoint>)
    response.setHeader('cache-control', 'no-store')
    const json = JSON.stringify(endpoint.reply.parse(reply))
    response.setHeader('content-type', 'application/json; charset=utf-8')
    response.end(caller && 'sessionId' in caller && authenticate.finish ? await authenticate.finish(caller, json) : json)
  }
}

function bearerOf({ headers }: Request): string | undefined {
  return headers.authorization?.startsWith('Bearer ') ? headers.authorization.slice(7) : undefined
}

async function whoCalls(request: Request, response: Response, endpoint: Endpoint, of: Authenticate): Promise<Caller | Operator | null> {
  if (endpoint.for === 'anyone') return null
  if (endpoint.for !== 'operator') return callerOf(request, response, endpoint, of)
  const token = bearerOf(request)
  const operator = token ? await of.operator(token) : null
  if (!operator) throw new AppError('operator_missing', 'You are not signed in here, or your time is over. Ask for a new sign-in link.')
  return operator
}

async function callerOf(request: Request, response: Response, endpoint: Endpoint, authenticate: Authenticate): Promise<Caller> {
  const token = bearerOf(request)
  if (token === undefined) throw new AppError('session_missing', 'Open this activity again from your course.')
  const caller = await authenticate.session(token)
  if (!caller) throw new AppError('session_expired', 'Your session has ended. Open this activity again from your course.')
  response.locals.tenant = caller.institutionId
  if (!endpoint.for.includes(caller.role)) throw forbidden('Your role in this course does not allow that.')
  return caller
}

function parsed<T extends z.ZodType>(schema: T, value: unknown, code: 'resource_not_found' | 'body_invalid'): z.output<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  if (code === 'resource_not_found') throw new AppError(code, 'There is nothing here.')
  throw invalid(
    'What was sent does not have the right shape.',
    result.error.issues.slice(0, 20).map((it) => ({ path: it.path.join('.'), code: it.code, message: it.message })),
  )
}

/** Bodies arrive as text: an empty one is `undefined`, anything else must be a JSON object. */
function jsonOf(text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AppError('body_malformed', 'What was sent is not JSON.')
  }
  // NUL and lone surrogates are legal JSON that PostgreSQL refuses: dropped here, once.
  return unstorable.test(text) ? cleaned(value) : value
}

const unstorable = /\\u0000|\\u[dD][89a-fA-F]|\0|[\ud800-\udfff]/

/** No shape of ours nests deeper than ten. */
const deepest = 50

function cleaned(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '')
  if (!value || typeof value !== 'object') return value
  if (depth > deepest) throw new AppError('body_malformed', 'What was sent is nested too deeply.')
  if (Array.isArray(value)) return value.map((it) => cleaned(it, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, cleaned(it, depth + 1)]))
}
