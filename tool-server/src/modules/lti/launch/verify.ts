// Checks an id_token: key and algorithm from the registration only, then issuer, audience, times, nonce.
// IMS Security Framework 1.0 section 5.1.3; leeway 60 s.
import type { KeyObject } from 'node:crypto'
import { compactVerify, decodeProtectedHeader, errors } from 'jose'
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
}

export function hintsOf(token: string): TokenHints | Refusal {
  if (token.length > longestToken) return refused('token_too_large', 'The launch is too large.')
  const parts = token.split('.')
  if (parts.length !== 3) return refused('token_malformed', 'The launch is not a signed token.')
  try {
    const header = decodeProtectedHeader(token)
    const payload = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8')) as Payload
    if (header.alg !== 'RS256') return refused('algorithm_not_allowed', 'The launch is not signed with RS256.')
    if (typeof header.kid !== 'string') return refused('kid_missing', 'The launch does not name its key.')
    const { iss, aud } = payload
    const audience = (Array.isArray(aud) ? aud : [aud]).filter((it): it is string => typeof it === 'string')
    return { kid: header.kid, issuer: typeof iss === 'string' ? iss : '', audience }
  } catch {
    return refused('token_malformed', 'The launch is not a signed token.')
  }
}

/** The payload, when signature and registered claims are right and the nonce is the one of this login. */
export async function verified(token: string, key: KeyObject, registration: Registration, nonce: string): Promise<Payload | Refusal> {
  let payload: Payload
  try {
    // Only RS256 and only this key: jku, jwk and x5u of the header are never looked at.
    const { payload: bytes } = await compactVerify(token, key, { algorithms: ['RS256'] })
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (!parsed || typeof parsed !== 'object' || Array.isArray(parsed)) return refused('token_malformed', 'The launch has no claims.')
    payload = parsed as Payload
  } catch (error) {
    if (error instanceof errors.JOSEAlgNotAllowed) return refused('algorithm_not_allowed', 'The launch is not signed with RS256.')
    return refused('signature_invalid', 'The signature of the launch is not right.')
  }
  return wrongClaim(payload, registration, nonce) ?? payload
}

function wrongClaim(payload: Payload, registration: Registration, nonce: string): Refusal | undefined {
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
  if (iat < seconds - oldestSeconds - leewaySeconds)
    return refused('token_too_old', 'The launch is too old. Open the activity again from your course.')
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf > seconds + leewaySeconds))
    return refused('nbf_in_future', 'The clock of your LMS is ahead of ours.')
  if (payload.nonce !== nonce)
    return refused(payload.nonce === undefined ? 'nonce_missing' : 'nonce_differs', 'The launch does not belong to this login.')
  return undefined
}

function refused(reason: string, words: string): Refusal {
  return { status: 401, reason, words }
}
