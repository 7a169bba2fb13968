// What the gradebook holds (AGS Results): read after a conflict, to tell a lost answer from a newer score.
import { nowMs } from '../../../kernel/clock.ts'
import { GiveUp } from '../../../kernel/errors.ts'
import type { Registration } from '../platforms/registry.ts'
import { type Answer, gradeCall, scopes, under } from './grade-call.ts'
import type { LedgerRow } from './score-ledger.ts'

/** What stands in the gradebook for one learner. */
export interface Held {
  /** The gradebook holds what we want already: a lost answer was an acceptance. */
  same: boolean
  /** When it was written by the LMS's clock, which may go ahead of ours. */
  at: Date | null
}
const unknown: Held = { same: false, at: null }
const mostAheadMs = 86_400_000

/** After a conflict: what stands in the gradebook. Unknown where we may not read Results, or they cannot be read. */
export async function heldByLms(registration: Registration, row: LedgerRow): Promise<Held> {
  if (!row.scopes.includes(scopes.result)) return unknown
  const answer = await resultsOf(registration, row)
  const results = answer?.kind === 'ok' ? parsed(answer.body) : undefined
  const mine = Array.isArray(results) ? (results as Result[]).find((it) => it?.userId === row.external_id) : undefined
  if (!mine) return unknown
  const at = Date.parse(mine.timestamp ?? '')
  return {
    // Without a maximum it is 1 (AGS 2.0, Result service).
    same: typeof mine.resultScore === 'number' && Math.abs(mine.resultScore / (mine.resultMaximum ?? 1) - row.score / row.max_score) < 1e-4,
    at: Number.isFinite(at) && at < nowMs() + mostAheadMs ? new Date(at) : null,
  }
}

interface Result {
  userId?: string
  resultScore?: number
  resultMaximum?: number
  timestamp?: string
}

/** undefined where the LMS gives no token for it: the score itself need not wait for that. */
async function resultsOf(registration: Registration, row: LedgerRow): Promise<Answer | undefined> {
  try {
    return await gradeCall(registration, {
      method: 'GET',
      url: under(row.line_item_url, 'results', { user_id: row.external_id }),
      scope: scopes.result,
      contentType: 'application/vnd.ims.lis.v2.resultcontainer+json',
    })
  } catch (error) {
    if (error instanceof GiveUp) return undefined
    throw error
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
