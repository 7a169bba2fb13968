// What the gradebook holds (AGS Results): read after a conflict, to tell a lost answer from a newer score; and where a score would
// erase the comment that stands there.
import { nowMs } from '../../../kernel/clock.ts'
import { GiveUp } from '../../../kernel/errors.ts'
import { lmsOf } from '../lms/index.ts'
import type { Registration } from '../platforms/registry.ts'
import { type Answer, gradeCall, scopes, under } from './grade-call.ts'
import type { LedgerRow } from './score-ledger.ts'

/** What stands in the gradebook for one learner. */
interface Held {
  /** The gradebook holds what we want already: a lost answer was an acceptance. */
  same: boolean
  /** When it was written by the LMS's clock, which may go ahead of ours. */
  at: Date | null
  comment: string | null
  /** It could not be read now, and may be later; null = it was read, or there is no reading it. */
  notNow: NotNow | null
}
type NotNow = Answer & { kind: 'later' }
const unknown: Held = { same: false, at: null, comment: null, notNow: null }
const mostAheadMs = 86_400_000
const mostPages = 20
export const resultsType = 'application/vnd.ims.lis.v2.resultcontainer+json'

/** Unknown where we may not read Results, or they cannot be read. */
export async function heldByLms(registration: Registration, row: LedgerRow): Promise<Held> {
  if (!row.book.scopes.includes(scopes.result)) return unknown
  const { mine, notNow = null } = await resultOf(registration, row)
  if (!mine) return { ...unknown, notNow }
  const at = Date.parse(mine.timestamp ?? '')
  return {
    same: isSameScore(mine, row),
    at: Number.isFinite(at) && at < nowMs() + mostAheadMs ? new Date(at) : null,
    comment: typeof mine.comment === 'string' && mine.comment !== '' ? mine.comment : null,
    notNow: null,
  }
}

/** Without a maximum it is 1 (AGS 2.0, Result service). */
export function isSameScore({ resultScore, resultMaximum }: Result, { score, max_score }: Pick<LedgerRow, 'score' | 'max_score'>): boolean {
  return typeof resultScore === 'number' && Math.abs(resultScore / (resultMaximum ?? 1) - score / max_score) < 1e-4
}

export interface Result {
  userId?: string
  resultScore?: number
  resultMaximum?: number
  timestamp?: string
  comment?: string
}

async function resultOf(registration: Registration, row: LedgerRow): Promise<{ mine?: Result; notNow?: NotNow }> {
  // Blackboard leaves comments out of the Results of one person (fact 29): there all are read, page by page.
  const whole = lmsOf(registration.lms).erasesComment
  const first = under(row.book.line_item_url ?? '', 'results', whole ? {} : { user_id: row.external_id })
  let next: string | undefined = first
  for (let page = 0; next && page < mostPages; page++) {
    const answer = await resultsAt(registration, next)
    // 401 with a token made for it: these Results are not for us. Were it the token, the score itself would hear so.
    if (answer?.kind === 'later' && answer.status !== 401) return { notNow: answer }
    if (answer?.kind !== 'ok') return {}
    const mine = resultsIn(answer.body).find((it) => it?.userId === row.external_id)
    if (mine) return { mine }
    next = nextOf(answer.headers.link, first)
  }
  return {}
}

/** undefined where the LMS gives no token for it: the score itself need not wait for that. */
async function resultsAt(registration: Registration, url: string): Promise<Answer | undefined> {
  try {
    return await gradeCall(registration, { method: 'GET', url, scope: scopes.result, contentType: resultsType })
  } catch (error) {
    if (error instanceof GiveUp) return undefined
    throw error
  }
}

/** The next page, on the same origin only: the token goes with the call. Moodle writes curly quotes and `&amp;` into the header. */
export function nextOf(link: string | undefined, first: string): string | undefined {
  const found = /<([^>]+)>\s*;\s*rel=["“”]?next/i.exec(link ?? '')?.[1]?.replaceAll('&amp;', '&')
  return found && URL.canParse(found, first) && new URL(found, first).origin === new URL(first).origin
    ? new URL(found, first).href
    : undefined
}

export function resultsIn(body: string): Result[] {
  try {
    const results: unknown = JSON.parse(body)
    return Array.isArray(results) ? results.filter((it): it is Result => it !== null && typeof it === 'object') : []
  } catch {
    return []
  }
}
