// Keys of the platforms: fetched once, kept in the database too; one refetch per unknown kid and cool-down (1 a minute
// however many forged tokens come), stale keys usable for 24 h while the platform's address is down.
import { createPublicKey, type KeyObject } from 'node:crypto'
import { nowMs } from '../../../kernel/clock.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { log } from '../../../kernel/log.ts'
import { platformFetch } from '../flight/recorded.ts'
import type { Registration } from './registry.ts'

interface KeySet {
  keys: Map<string, KeyObject>
  fetchedAt: number
  /** Not asked again before: after a fetch that failed, or that had not the key that was asked for. */
  quietUntil: number
}

const freshMs = 3_600_000
const usableMs = 86_400_000
const coolDownMs = 60_000
const capMs = 5_000

const sets = new Map<string, KeySet>()
const inFlight = new Map<string, Promise<KeySet>>()

export function forgetPlatformKeys(): void {
  sets.clear()
}

/** The platform's RS256 key with this id; undefined = the platform does not have it. Throws platform_keys_unreachable. */
export async function platformKey(registration: Registration, kid: string): Promise<KeyObject | undefined> {
  let set = sets.get(registration.id) ?? (await storedSet(registration))
  const known = set?.keys.get(kid)
  const age = nowMs() - (set?.fetchedAt ?? 0)
  const mayTry = nowMs() >= (set?.quietUntil ?? 0)
  if (known && (age < freshMs || !mayTry) && age < usableMs) return known
  if (set && set.keys.size > 0 && !mayTry && age < usableMs) return known
  if (set && !mayTry) throw unreachable()
  set = await fetchOnce(registration, set)
  if (nowMs() - set.fetchedAt >= usableMs) throw unreachable()
  const found = set.keys.get(kid)
  // A key of a minute ago is found at its first use; a forged kid is looked for once a minute.
  if (!found) set.quietUntil = nowMs() + coolDownMs
  return found
}

function unreachable(): AppError {
  return new AppError('platform_keys_unreachable', 'The keys of your LMS cannot be reached, so its launch cannot be checked.', {
    reason: 'platform_keys_unreachable',
  })
}

async function storedSet(registration: Registration): Promise<KeySet | undefined> {
  const [row] = await queryAlone<{ jwks: unknown; fetched_at: Date }>(
    'select jwks, fetched_at from platform_key_sets where registration_id = $1',
    [registration.id],
  )
  if (!row) return undefined
  const set = { keys: keysFrom(row.jwks), fetchedAt: row.fetched_at.getTime(), quietUntil: 0 }
  sets.set(registration.id, set)
  return set
}

function fetchOnce(registration: Registration, old: KeySet | undefined): Promise<KeySet> {
  const running = inFlight.get(registration.id)
  if (running) return running
  const fetching = refetch(registration, old).finally(() => inFlight.delete(registration.id))
  inFlight.set(registration.id, fetching)
  return fetching
}

/** For an administrator who looks: fetches now, and says how many usable keys there are. */
export async function fetchPlatformKeys(registration: Registration): Promise<number> {
  const began = nowMs()
  const set = await fetchOnce(registration, sets.get(registration.id) ?? (await storedSet(registration)))
  if (set.fetchedAt < began) throw new Error('the key set cannot be fetched, or holds no usable key')
  return set.keys.size
}

async function refetch(registration: Registration, old: KeySet | undefined): Promise<KeySet> {
  const fetchedAt = nowMs()
  try {
    const answer = await platformFetch({ registration, kind: 'keys' }, registration.jwksUrl, { timeoutMs: capMs })
    if (answer.status !== 200) throw new Error(`status ${answer.status}`)
    const jwks: unknown = JSON.parse(answer.body)
    const keys = keysFrom(jwks)
    if (keys.size === 0) throw new Error('no usable key')
    const set = { keys, fetchedAt, quietUntil: 0 }
    sets.set(registration.id, set)
    await queryAlone(
      `insert into platform_key_sets (registration_id, jwks, fetched_at) values ($1, $2, $3)
       on conflict (registration_id) do update set jwks = excluded.jwks, fetched_at = excluded.fetched_at`,
      [registration.id, JSON.stringify(jwks), new Date(fetchedAt)],
    )
    return set
  } catch (error) {
    log.warn({ registrationId: registration.id, err: error }, 'the keys of a platform cannot be fetched')
    const quietUntil = nowMs() + coolDownMs
    const kept = old ? { ...old, quietUntil } : { keys: new Map<string, KeyObject>(), fetchedAt: 0, quietUntil }
    sets.set(registration.id, kept)
    if (!old) throw unreachable()
    return kept
  }
}

/** RSA signature keys of a JWKS of at least 2048 bits, by kid; anything else in it is passed over. */
function keysFrom(jwks: unknown): Map<string, KeyObject> {
  const keys = new Map<string, KeyObject>()
  const list = (jwks as { keys?: unknown } | null)?.keys
  if (!Array.isArray(list)) return keys
  for (const jwk of list.slice(0, 100) as Record<string, unknown>[]) {
    if (jwk?.kty !== 'RSA' || typeof jwk.kid !== 'string' || (jwk.use ?? 'sig') !== 'sig' || (jwk.alg ?? 'RS256') !== 'RS256') continue
    try {
      const key = createPublicKey({ key: jwk as never, format: 'jwk' })
      if ((key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) keys.set(jwk.kid, key)
    } catch {
      // Not a key: others of the set may be.
    }
  }
  return keys
}
