// One call to a grade service (AGS): token, one fresh token after a 401, and what the answer means.
import { nowMs } from '../../../kernel/clock.ts'
import { GiveUp } from '../../../kernel/errors.ts'
import type { SafeResponse } from '../../../kernel/safe-fetch.ts'
import { platformFetch } from '../flight/recorded.ts'
import { lmsOf, type RefusalCode } from '../lms/index.ts'
import type { Registration } from '../platforms/registry.ts'
import { accessToken, dropToken } from './access-token.ts'

export const scopes = {
  score: 'https://purl.imsglobal.org/spec/lti-ags/scope/score',
  result: 'https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly',
} as const

export interface GradeCall {
  method: 'GET' | 'POST'
  url: string
  scope: string
  contentType: string
  body?: string
}

export type Answer =
  | { kind: 'ok'; status: number; body: string; headers: Record<string, string> }
  /** The LMS holds a newer or equal timestamp. */
  | { kind: 'conflict'; status: number }
  /** `slow`: asked by the LMS for all calls of this token. `stored`: something may have come of it all the same. */
  | { kind: 'later'; status: number; why: string; afterSeconds?: number; slow: boolean; stored: boolean }
  | { kind: 'never'; status: number; why: string; code: RefusalCode }

/** There was no token to make the call with: the call itself was never made. */
export class NoToken extends Error {
  override readonly name = 'NoToken'
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : 'no access token', { cause })
  }
}

/** Makes the call with a token; network failures throw and are retried by the delivery. */
export async function gradeCall(registration: Registration, call: GradeCall): Promise<Answer> {
  const once = async (): Promise<[SafeResponse, string]> => {
    const token = await accessToken(registration, [call.scope]).catch((error: unknown) => {
      throw error instanceof GiveUp ? error : new NoToken(error)
    })
    const { method, contentType, url, body, scope } = call
    const authorization = `Bearer ${token}`
    const headers = method === 'GET' ? { accept: contentType, authorization } : { 'content-type': contentType, authorization }
    const answer = await platformFetch({ registration, kind: scope === scopes.result ? 'result' : 'score' }, url, { method, headers, body })
    return [answer, token]
  }
  let [answer, token] = await once()
  if (answer.status === 401) {
    await dropToken(registration, [call.scope], token)
    ;[answer] = await once()
  }
  return meaningOf(registration, answer)
}

function meaningOf(registration: Registration, answer: SafeResponse): Answer {
  const { status, body, headers } = answer
  const lms = lmsOf(registration.lms)
  const after = retryAfter(headers['retry-after'])
  const later = (why: string, stored = false): Answer => ({ kind: 'later', status, why, ...after, slow: false, stored })
  if (lms.isThrottle(answer)) return { kind: 'later', status, why: 'the LMS asks us to slow down', ...after, slow: true, stored: false }
  if (status >= 200 && status < 300) {
    // A login or maintenance page with 200 is no acceptance; a grade service speaks JSON, or says nothing.
    if (body.trimStart().startsWith('<')) return later('the LMS answered with a web page instead of taking the score')
    return { kind: 'ok', status, body, headers }
  }
  if (status === 401) return later('the LMS does not accept our access token')
  if (lms.isOlderTime(answer)) return { kind: 'conflict', status }
  // That mends itself, by the clock or by the time that goes by.
  if (lms.isAheadOfTime(answer)) return later("our clock goes ahead of the LMS's: it takes this score for one of the future")
  const said = plainPart(body)
  if (status === 403 && lms.hidesPeople && /enrol/i.test(body))
    return {
      kind: 'never',
      status,
      code: 'person',
      why: `the LMS refused the score (403); the person may not be a student of the course there${said}`,
    }
  if (status === 403)
    return { kind: 'never', status, code: 'permission', why: `the LMS does not allow Cuepoint to write this grade${said}` }
  if (status === 404 || status === 410)
    return { kind: 'never', status, code: 'column', why: 'the gradebook column does not exist in the LMS any more' }
  if (status === 400 || status === 412 || status === 422) {
    const code = lms.refusalOf(answer) ?? 'value'
    const why = code === 'attempts' ? 'all attempts there are used up' : 'the person may not be a student of the course there'
    return { kind: 'never', status, code, why: `the LMS refused the score (${status}); ${why}${said}` }
  }
  return later(`the LMS answered with status ${status}`, status >= 500)
}

/** Seconds, or the HTTP date of RFC 9110, section 10.2.3. */
function retryAfter(header: string | undefined): { afterSeconds?: number } {
  if (!header) return {}
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - nowMs()) / 1000
  return seconds > 0 ? { afterSeconds: Math.min(seconds, 3600) } : {}
}

/** A short plain reason from the LMS, for the teacher: no markup, no addresses of people. */
function plainPart(body: string): string {
  try {
    const { reason, message, errors, error } = JSON.parse(body) as Record<string, unknown>
    const text = [reason, message, errors, error].map(wordsIn).find((it) => it !== '')
    return text
      ? `: ${text
          .replace(/\S+@\S+/g, '…')
          .replace(/<[^>]*>/g, '')
          .slice(0, 160)}`
      : ''
  } catch {
    return ''
  }
}

/** Canvas puts its words into an object, or a list of objects. */
function wordsIn(said: unknown): string {
  const one: unknown = Array.isArray(said) ? said[0] : said
  if (typeof one === 'string') return one
  const { message } = (one ?? {}) as { message?: unknown }
  return typeof message === 'string' ? message : ''
}

/** Puts `/scores` or `/results` into the path of a line item whose address has a query (Moodle, fact 23). */
export function under(lineItemUrl: string, part: 'scores' | 'results', query: Record<string, string> = {}): string {
  const url = new URL(lineItemUrl)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${part}`
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

let last = { lineItemUrl: '', address: '' }

/** Where scores go: a class's scores have one line item, whose address is taken apart once. */
export function scoresOf(lineItemUrl: string): string {
  if (last.lineItemUrl !== lineItemUrl) last = { lineItemUrl, address: under(lineItemUrl, 'scores') }
  return last.address
}
