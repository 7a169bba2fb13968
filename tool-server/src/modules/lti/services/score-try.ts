// One try of one score: what is sent, and what the answer makes of it.
import { GiveUp, TryLater } from '../../../kernel/errors.ts'
import type { Outcome } from '../../../kernel/module.ts'
import { FetchError } from '../../../kernel/safe-fetch.ts'
import { lmsOf } from '../lms/index.ts'
import type { Registration } from '../platforms/registry.ts'
import { columnMade, columnStands } from './columns.ts'
import { type Answer, gradeCall, NoToken, scopes, scoresOf } from './grade-call.ts'
import { heldByLms } from './held-result.ts'
import { scoreBody } from './score-body.ts'
import type { End } from './score-ends.ts'
import { type LedgerRow, restamp } from './score-ledger.ts'
import type { Sending } from './sending.ts'

/** How a try ended, and what becomes of its delivery; without an outcome that is done. */
export type Sent = Omit<End, 'row'> & { outcome?: Outcome }

export async function sendOne(registration: Registration, row: LedgerRow, sending: Sending): Promise<Sent> {
  const lms = lmsOf(registration.lms)
  const { book } = row
  if (!book.line_item_url) {
    // The first score is the latest moment for a column that is ours to make.
    const column = book.column_wanted ? await columnMade(registration, book, row.max_score) : { made: false as const, why: null }
    if (column.made) return again(null, 'the gradebook column was made', 0, true)
    return column.why ? again(null, column.why, undefined, true) : noColumn
  }
  const known = lms.erasesComment && !row.comment ? await heldByLms(registration, row) : null
  // Better late than without the comment that stands there.
  if (known?.notNow) return unread(known.notNow, sending)
  const standing = known?.comment ?? null
  let answer = await post(registration, row, row.sent_at, standing)
  sending.answered()
  if (answer.kind === 'conflict') {
    const held = await heldByLms(registration, row)
    if (held.same) return { state: 'read_back', status: answer.status, why: 'the gradebook holds this score already', notStored: false }
    const at = await restamp(row, lms.scoreSpacingSeconds, held.at)
    answer = await post(registration, { ...row, maybe_stored: true }, at, standing)
    if (answer.kind === 'conflict') return again(answer.status, 'the LMS holds a newer score')
  }
  if (answer.kind === 'ok') return { state: 'accepted', status: answer.status, why: null, notStored: false }
  if (answer.kind === 'never') return refused(registration, row, answer)
  if (answer.slow) sending.slowDown(answer.why, answer.afterSeconds)
  return again(answer.status, answer.why, answer.afterSeconds, !answer.stored)
}

function unread({ status, why, slow, afterSeconds }: Answer & { kind: 'later' }, sending: Sending): Sent {
  if (slow) sending.slowDown(why, afterSeconds)
  return again(status, why, afterSeconds, true)
}

function post(registration: Registration, row: LedgerRow, at: Date, standing: string | null): Promise<Answer> {
  return gradeCall(registration, {
    method: 'POST',
    url: scoresOf(row.book.line_item_url ?? ''),
    scope: scopes.score,
    contentType: 'application/vnd.ims.lis.v1.score+json',
    body: scoreBody(lmsOf(registration.lms), row, at, standing),
  })
}

/** Before a missing column is believed: is it the person who is unknown, and is the column ours to make again? */
async function refused(registration: Registration, row: LedgerRow, answer: Answer & { kind: 'never' }): Promise<Sent> {
  const { status, why, code } = answer
  const { book } = row
  const never = (words: string, as = code): Sent => ({
    ...{ state: 'refused', status, why: words, code: as, notStored: true },
    outcome: { giveUp: words },
  })
  if (code !== 'column') return never(why)
  if (lmsOf(registration.lms).hidesPeople && (await columnStands(registration, book)))
    return never(`the LMS refused the score (${status}); the person may not be a student of the course there`, 'person')
  if (book.line_item_made && (await columnMade(registration, book, row.max_score)).made)
    return again(status, 'the gradebook column was made again', 0)
  return never(why)
}

const noColumnWords = 'the LMS keeps no gradebook column for this link any more'
const noColumn: Sent = {
  ...{ state: 'refused', status: null, why: noColumnWords, code: 'column', notStored: true },
  outcome: { giveUp: noColumnWords },
}

function again(status: number | null, why: string, afterSeconds?: number, notStored = false): Sent {
  return { state: 'waiting', status, why, notStored, outcome: { retry: why, ...(afterSeconds === undefined ? {} : { afterSeconds }) } }
}

/** What a throw means: no connection, no answer in time, no token. */
export function failedScore(error: unknown, sending: Sending): Sent {
  const why = error instanceof Error ? error.message : 'unknown'
  if (error instanceof GiveUp) return { state: 'refused', status: null, why, code: 'permission', notStored: true, outcome: { giveUp: why } }
  const cause = error instanceof NoToken ? error.cause : error
  sending.failed(cause, why)
  // Without a connection, or a token, the score was never on its way: the next try is a first one (Canvas: a submission of its own).
  const neverLeft = error instanceof NoToken || (error instanceof FetchError && !error.sent)
  return again(null, why, cause instanceof TryLater ? cause.afterSeconds : undefined, neverLeft)
}
