// Checks an id_token: key and algorithm from the registration only, then issuer, audience, times, nonce.
// IMS Security Framework 1.0 section 5.1.3; leeway 60 s.
import { type KeyObject, verify } from 'node:crypto'
import { nowMs } from '../../../kernel/clock.ts'
import type { Registration } from '../platforms/registry.ts'
import type { Payload, Refusal } from './claims.ts'

const leewaySeconds = 60
const oldestSeconds = 300
const longestToken = 65_536

/** What an unverified token says of itself: enough to find the registration and the key, trusted for nothing. */
export interface TokenHints {
  kid: string
  issuer: string
  audience: readonly string[]
  /** Not to be believed before `verified` has said yes. */
  payload: Payload
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function jsonOf(part: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(utf8.decode(Buffer.from(part, 'base64url')))
  if (!parsed || typeof parsed !== 'object' || Array.isArray(parsed)) throw new Error('not an object')
  return parsed as Record<string, unknown>
}

export function hintsOf(token: string): TokenHints | Refusal {
  if (token.length > longestToken) return refused('token_too_large', 'The launch is too large.')
  const parts = token.split('.')
  if (parts.length !== 3) return refused('token_malformed', 'The launch is not a signed token.')
  try {
    const header = jsonOf(parts[0] ?? '')
    const payload = jsonOf(parts[1] ?? '') as Payload
    if (header.alg !== 'RS256') return refused('algorithm_not_allowed', 'The launch is not signed with RS256.')
    // RFC 7515 section 4.1.11: who does not know an extension that must be understood refuses.
    if (header.crit !== undefined) return refused('token_malformed', 'The launch asks for an extension that Cuepoint does not know.')
    if (typeof header.kid !== 'string') return refused('kid_missing', 'The launch does not name its key.')
    const { iss, aud } = payload
    const audience = (Array.isArray(aud) ? aud : [aud]).filter((it): it is string => typeof it === 'string')
    return { kid: header.kid, issuer: typeof iss === 'string' ? iss : '', audience, payload }
  } catch {
    return refused('token_malformed', 'The launch is not a signed token.')
  }
}

/**
 * The payload, when signature and registered claims are right and the nonce is the one of this login. Only RS256 and only this key:
 * jku, jwk and x5u of the header are never looked at. node:crypto itself, because a JWT library's promises around the same check
 * cost as much again.
 */
export function verified(
  token: string,
  { payload }: TokenHints,
  key: KeyObject,
  registration: Registration,
  oldest = oldestSeconds,
): Payload | Refusal {
  const end = token.lastIndexOf('.')
  const signed = Buffer.from(token.slice(0, end), 'latin1')
  if (key.asymmetricKeyType !== 'rsa' || !verify('RSA-SHA256', signed, key, Buffer.from(token.slice(end + 1), 'base64url')))
    return refused('signature_invalid', 'The signature of the launch is not right.')
  return wrongClaim(payload, registration, oldest) ?? payload
}

function wrongClaim(payload: Payload, registration: Registration, oldest: number): Refusal | undefined {
  const { iss, aud, azp, exp, iat, nbf } = payload
  if (iss !== registration.issuer) return refused('issuer_differs', 'The launch comes from another LMS than its login.')
  const audience = Array.isArray(aud) ? aud : [aud]
  if (!audience.includes(registration.clientId)) return refused('audience_differs', 'The launch is meant for another tool.')
  if (audience.length > 1)
    return refused(azp === undefined ? 'azp_missing' : 'audience_untrusted', 'The launch names other tools that are not trusted here.')
  if (azp !== undefined && azp !== registration.clientId) return refused('azp_differs', 'The launch is meant for another tool.')
  const seconds = Math.floor(nowMs() / 1000)
  if (typeof exp !== 'number' || !Number.isFinite(exp)) return refused('exp_missing', 'The launch does not say how long it is valid.')
  if (typeof iat !== 'number' || !Number.isFinite(iat)) return refused('iat_missing', 'The launch does not say when it was made.')
  if (exp < seconds - leewaySeconds) return refused('token_expired', 'The launch is too old. Open the activity again from your course.')
  if (iat > seconds + leewaySeconds) return refused('iat_in_future', 'The clock of your LMS is ahead of ours.')
  if (iat < seconds - oldest - leewaySeconds)
    return refused('token_too_old', 'The launch is too old. Open the activity again from your course.')
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf > seconds + leewaySeconds))
    return refused('nbf_in_future', 'The clock of your LMS is ahead of ours.')
  return payload.nonce === undefined ? refused('nonce_missing', 'The launch does not belong to this login.') : undefined
}

function refused(reason: string, words: string): Refusal {
  return { status: 401, reason, words }
}
