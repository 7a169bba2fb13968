// Calls the server, typed by the contracts: call('PUT /api/attempts/:attemptId/answers', { params, body }).
import type { BodyOf as EndpointBody, ReplyOf as EndpointReply, Endpoints, Problem, ProblemCode } from '@cuepoint/contracts'

type ByCall = {
  [K in keyof Endpoints as `${Endpoints[K]['method']} ${Endpoints[K]['path']}`]: Endpoints[K]
}
export type CallName = keyof ByCall
type PathParams<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name | keyof PathParams<Rest>]: string }
  : Path extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : unknown
type BodyOf<N extends CallName> = EndpointBody<ByCall[N]>
export type ReplyOf<N extends CallName> = EndpointReply<ByCall[N]>
type Input<N extends CallName> = (keyof PathParams<ByCall[N]['path']> extends never
  ? { params?: never }
  : { params: PathParams<ByCall[N]['path']> }) &
  (undefined extends BodyOf<N> ? { body?: never } : { body: BodyOf<N> }) & {
    query?: Record<string, string> | undefined
    keepalive?: boolean
    signal?: AbortSignal
  }

/** The server said no, in words: `code` is one of the contracts' problem codes. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: ProblemCode
  readonly status: number
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.code = problem.code as ProblemCode
    this.status = problem.status
    this.problem = problem
  }
}

/** The server could not be reached, or answered with nothing we understand: worth trying again later. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

let bearer = ''
/** The session's token; kept in memory here, and by shell/launch.ts where the browser lets it. */
export function useToken(token: string): void {
  bearer = token
}

/** The header that says who calls. */
export function bearerHeader(): Record<string, string> {
  return bearer ? { authorization: `Bearer ${bearer}` } : {}
}

/** Longest wait for an answer, in ms. */
const PATIENCE = 20_000

/** Sends bytes as they are; minutes are allowed, for a slow line. */
export function putBytes<Reply>(path: string, bytes: Blob, headers: Record<string, string>): Promise<Reply> {
  return ask(path, { method: 'POST', headers, body: bytes, signal: AbortSignal.timeout(300_000) }) as Promise<Reply>
}

export async function call<N extends CallName>(name: N, input: Input<N>): Promise<ReplyOf<N>> {
  const space = name.indexOf(' ')
  const method = name.slice(0, space)
  const params = (input.params ?? {}) as Record<string, string>
  const path = name.slice(space + 1).replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
  return ask(input.query ? `${path}?${new URLSearchParams(input.query)}` : path, {
    method,
    headers: input.body === undefined ? {} : { 'content-type': 'application/json' },
    keepalive: input.keepalive ?? false,
    signal: input.signal ?? AbortSignal.timeout(PATIENCE),
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
  }) as Promise<ReplyOf<N>>
}

async function ask(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<unknown> {
  const headers = { accept: 'application/json', ...bearerHeader(), ...init.headers }
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init, headers })
  } catch (cause) {
    throw new Unreachable('no answer', { cause })
  }
  const type = response.headers.get('content-type') ?? ''
  if (!response.ok && !type.includes('application/problem+json')) throw new Unreachable(`status ${response.status}`)
  let answer: unknown
  try {
    answer = await response.json()
  } catch (cause) {
    throw new Unreachable('unreadable answer', { cause })
  }
  if (!response.ok) throw new ApiProblem(answer as Problem)
  return answer
}
