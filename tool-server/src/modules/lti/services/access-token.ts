// Access tokens of platforms (client_credentials with a signed assertion): one request however many workers ask with none,
// refreshed 60 s early, dropped after a 401. Kept sealed.
import { SignJWT } from 'jose'
import { newId, now, nowMs } from '../../../kernel/clock.ts'
import { mayBeSilent, query, queryAlone, transaction } from '../../../kernel/db.ts'
import { GiveUp } from '../../../kernel/errors.ts'
import { seal, unseal } from '../../../kernel/secrets.ts'
import { platformFetch } from '../flight/recorded.ts'
import { lmsOf } from '../lms/index.ts'
import { tokenAudienceOf } from '../lms/lms.ts'
import { toolKey } from '../platforms/keys.ts'
import type { Registration } from '../platforms/registry.ts'

const earlyMs = 60_000
/** One outbound call, however slow. */
const askingSeconds = 30
const cache = new Map<string, { token: string; expiresAt: number }>()
const inFlight = new Map<string, Promise<string>>()

/** A bearer token for these scopes. Throws GiveUp where the platform refuses us for good. */
export function accessToken(registration: Registration, scopes: readonly string[]): Promise<string> {
  const wanted = [...scopes].sort().join(' ')
  const key = `${registration.id} ${wanted}`
  const known = cache.get(key)
  if (known && known.expiresAt > nowMs()) return Promise.resolve(known.token)
  const running = inFlight.get(key)
  if (running) return running
  const asking = stored(registration, wanted, key).finally(() => inFlight.delete(key))
  inFlight.set(key, asking)
  return asking
}

/** Forgets a token that the platform no longer takes; one that another worker has renewed meanwhile stays. */
export async function dropToken(registration: Registration, scopes: readonly string[], token: string): Promise<void> {
  const wanted = [...scopes].sort().join(' ')
  const key = `${registration.id} ${wanted}`
  if (cache.get(key)?.token === token) cache.delete(key)
  const [row] = await queryAlone<{ token_sealed: string }>(
    'select token_sealed from access_tokens where registration_id = $1 and scopes = $2',
    [registration.id, wanted],
  )
  if (row && unseal(row.token_sealed) === token)
    await queryAlone('delete from access_tokens where registration_id = $1 and scopes = $2 and token_sealed = $3', [
      registration.id,
      wanted,
      row.token_sealed,
    ])
}

/** From the table, or from the platform under a lock that all workers share. */
function stored(registration: Registration, wanted: string, key: string): Promise<string> {
  return transaction(async (tx) => {
    await mayBeSilent(tx, askingSeconds)
    await query(tx, 'select pg_advisory_xact_lock(hashtext($1))', [`token ${key}`])
    const [row] = await query<{ token_sealed: string; expires_at: Date }>(
      tx,
      'select token_sealed, expires_at from access_tokens where registration_id = $1 and scopes = $2 and expires_at > $3',
      [registration.id, wanted, now()],
    )
    if (row) {
      const token = unseal(row.token_sealed)
      cache.set(key, { token, expiresAt: row.expires_at.getTime() })
      return token
    }
    const { token, seconds } = await askToken(registration, wanted)
    // A life of a minute or less leaves nothing for "early": then it is used for half its time.
    const expiresAt = nowMs() + Math.max(seconds * 1000 - earlyMs, (seconds * 1000) / 2)
    await query(
      tx,
      `insert into access_tokens (registration_id, scopes, token_sealed, expires_at) values ($1, $2, $3, $4)
       on conflict (registration_id, scopes) do update set token_sealed = excluded.token_sealed, expires_at = excluded.expires_at`,
      [registration.id, wanted, seal(token), new Date(expiresAt)],
    )
    cache.set(key, { token, expiresAt })
    return token
  })
}

/** Asks the platform itself, whatever is remembered. */
export async function askToken(registration: Registration, scope: string): Promise<{ token: string; seconds: number }> {
  const { kid, privateKey } = await toolKey()
  const issuedAt = Math.floor(nowMs() / 1000)
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
    .setIssuer(registration.clientId)
    .setSubject(registration.clientId)
    .setAudience(registration.audience ?? tokenAudienceOf(lmsOf(registration.lms), registration.tokenUrl) ?? registration.tokenUrl)
    .setJti(newId())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 300)
    .sign(privateKey)
  // Which key it was asked with, and what was given for it: the setup doctor reads both.
  const facts = ({ body }: { body: string }) => {
    const said = parsed(body)
    const given = typeof said?.scope === 'string' ? said.scope.slice(0, 500) : ''
    const error = typeof said?.error === 'string' ? said.error.slice(0, 60) : ''
    return { kid, asked: scope, ...(given ? { given } : {}), ...(error ? { error } : {}) }
  }
  const answer = await platformFetch({ registration, kind: 'token', facts }, registration.tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      scope,
    }).toString(),
  })
  const said = parsed(answer.body)
  if (answer.status === 400 || answer.status === 401 || answer.status === 403) {
    const error = typeof said?.error === 'string' ? said.error.slice(0, 60) : `status ${answer.status}`
    // invalid_scope and the like do not mend themselves; a 401 may be our key not yet seen by the platform.
    if (error === 'invalid_scope' || error === 'unauthorized_client') throw new GiveUp(`the LMS gives no access token (${error})`)
    throw new Error(`the LMS gives no access token (${error})`)
  }
  if (answer.status < 200 || answer.status > 299 || typeof said?.access_token !== 'string')
    throw new Error(`the LMS gives no access token (status ${answer.status})`)
  const seconds = Number(said.expires_in)
  return { token: said.access_token, seconds: Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) : 600 }
}

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body) as Record<string, unknown>
  } catch {
    return undefined
  }
}

export function forgetTokens(): void {
  cache.clear()
}
