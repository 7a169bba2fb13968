// Who may enter /admin: one-time links and the sessions they open. Both are opaque and stored as hashes; no launch leads here.
import { hash } from 'node:crypto'
import type { Operator, OperatorSession } from '@cuepoint/contracts'
import { newId, newToken, now, nowMs } from '../../kernel/clock.ts'
import { query, queryAlone, transaction } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { log } from '../../kernel/log.ts'

const sessionMs = 8 * 3_600_000
const triesPerMinute = 10
const hashOf = (token: string): Buffer => hash('sha256', token, 'buffer')

/** The token of a new link, good once until its minutes are over. */
export async function adminLink(minutes: number): Promise<string> {
  const token = newToken()
  const expiresAt = new Date(nowMs() + minutes * 60_000)
  await queryAlone('insert into operator_links (token_hash, created_at, expires_at) values ($1, $2, $3)', [hashOf(token), now(), expiresAt])
  return token
}

/** The same where nobody was ever given one: for the first start, once however many processes start. */
export async function firstAdminLink(minutes: number): Promise<string | undefined> {
  const token = newToken()
  const made = await transaction(async (tx) => {
    await query(tx, `select pg_advisory_xact_lock(hashtext('cuepoint first admin link'))`)
    return query(
      tx,
      `insert into operator_links (token_hash, created_at, expires_at) select $1, $2, $3
       where not exists (select from operator_links) and not exists (select from operator_sessions) returning 1 made`,
      [hashOf(token), now(), new Date(nowMs() + minutes * 60_000)],
    )
  })
  return made.length > 0 ? token : undefined
}

// Tokens of 256 bits cannot be guessed; the limit keeps guesses out of the database and the log. Per process and client address.
const tries = new Map<string, { count: number; until: number }>()
const mostAddresses = 10_000

/** For tests: as a new process starts. */
export function forgetSignIns(): void {
  tries.clear()
}

function countTry(address: string): void {
  const at = nowMs()
  const known = tries.get(address)
  const current = known && known.until > at ? known : { count: 0, until: at + 60_000 }
  if (++current.count > triesPerMinute) throw new AppError('rate_limited', 'Too many tries. Wait a minute, then try again.')
  if (tries.size >= mostAddresses) tries.delete(tries.keys().next().value as string)
  tries.set(address, current)
}

/** Uses a link up and opens a session; one statement, so that two clicks at once open one. */
export async function signIn(link: string, address: string): Promise<OperatorSession & { token: string }> {
  countTry(address)
  const token = newToken()
  const [id, at, expiresAt] = [newId(), now(), new Date(nowMs() + sessionMs)]
  const opened = await queryAlone(
    `with link as (update operator_links set used_at = $4 where token_hash = $1 and used_at is null and expires_at > $4 returning 1)
     insert into operator_sessions (id, token_hash, created_at, expires_at) select $2, $3, $4, $5 from link returning id`,
    [hashOf(link), id, hashOf(token), at, expiresAt],
  )
  if (opened.length === 0) throw await whyNot(link)
  tries.delete(address)
  log.info({ audit: 'operator-signed-in', operatorSessionId: id }, 'an operator signed in')
  return { id, token, expiresAt: expiresAt.toISOString() }
}

async function whyNot(link: string): Promise<AppError> {
  const [row] = await queryAlone<{ used: boolean }>('select used_at is not null used from operator_links where token_hash = $1', [
    hashOf(link),
  ])
  const why = row ? (row.used ? 'admin_link_used' : 'admin_link_expired') : 'admin_link_unknown'
  const words = { admin_link_used: 'was used already', admin_link_expired: 'is too old', admin_link_unknown: 'is not one of ours' }
  return new AppError(why, `This sign-in link ${words[why]}. Ask for a new one.`, { reason: why })
}

/** Who a bearer token is at /admin; null = nobody, signed out, or over. */
export async function operatorOf(token: string): Promise<Operator | null> {
  if (token.length > 100) return null
  const [row] = await queryAlone<{ id: string; expires_at: Date }>(
    'select id, expires_at from operator_sessions where token_hash = $1 and ended_at is null and expires_at > $2',
    [hashOf(token), now()],
    'operator-of',
  )
  return row ? { operatorSessionId: row.id, expiresAt: row.expires_at } : null
}

export async function signOut({ operatorSessionId }: Operator): Promise<void> {
  await queryAlone('update operator_sessions set ended_at = $2 where id = $1', [operatorSessionId, now()])
}

/** Kept for a month after their end, so that an old link is told from a wrong one, and the first start stays the first. */
export async function dropOldOperators(): Promise<void> {
  const before = new Date(nowMs() - 30 * 86_400_000)
  await queryAlone(
    'delete from operator_sessions where expires_at < $1 and id <> (select id from operator_sessions order by created_at desc limit 1)',
    [before],
  )
  await queryAlone(
    'delete from operator_links where expires_at < $1 and token_hash <> (select token_hash from operator_links order by created_at desc limit 1)',
    [before],
  )
}
