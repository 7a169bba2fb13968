// One HTTP call, said once: the server implements it, the client calls it by "METHOD /path".
// The client imports this package as types only; zod never reaches the browser.
import type { z } from 'zod'
import type { Role } from './role.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/**
 * Who may call: roles of a launch's session, 'anyone' (no session needed), or 'operator' (the sign-in of /admin). A launch's session is never
 * an operator and an operator has no role in a course: they are kept in different tables.
 */
export type Audience = readonly Role[] | 'anyone' | 'operator'

/** The declaration of one HTTP call: where it is, who may call it, and the shapes that go in and come out. */
export interface Endpoint<
  M extends Method = Method,
  Path extends string = string,
  Params extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
  For extends Audience = Audience,
> {
  readonly method: M
  /** Express path, e.g. `/api/attempts/:attemptId`. */
  readonly path: Path
  readonly for: For
  readonly params: Params
  readonly body: Body
  readonly reply: Reply
  /** Largest body in bytes; 64 KiB where absent. */
  readonly maxBytes?: number
}

/** Declares an endpoint and keeps its literal method and path for the typed client. */
export function endpoint<
  const M extends Method,
  const Path extends string,
  Params extends z.ZodType,
  Body extends z.ZodType,
  Reply extends z.ZodType,
  const For extends Audience,
>(it: Endpoint<M, Path, Params, Body, Reply, For>): Endpoint<M, Path, Params, Body, Reply, For> {
  return it
}

/** What a caller sends and gets, for clients that import types only. */
export type BodyOf<E extends Endpoint> = z.input<E['body']>
export type ReplyOf<E extends Endpoint> = z.output<E['reply']>
