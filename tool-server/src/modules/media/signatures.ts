// Signed addresses of media: the signature stands in the path, so that the relative addresses inside a playlist inherit it.
// `v`: a session may see one asset until it ends. `c`: segments of one asset for whoever has the address, the same for all viewers of
// some hours, so that they share a CDN's cache. `o`: the uploaded file, for an instructor. `i`: a picture or sound inside a text.
import { timingSafeEqual } from 'node:crypto'
import type { Caller } from '@cuepoint/contracts'
import { nowMs } from '../../kernel/clock.ts'
import { config } from '../../kernel/config.ts'
import { signatureOf } from '../../kernel/secrets.ts'

export type Sight = 'v' | 'c' | 'o' | 'i'

/** What a signature that holds says. */
export interface Seen {
  sight: Sight
  /** Null of what all viewers share. */
  sessionId: string | null
  expiresAt: number
}

const everyone = '0'
/** Viewers who begin within so many seconds of each other share addresses. */
const sharedSeconds = 6 * 3600

function macOf(sight: Sight, session: string, assetId: string, expires: string): string {
  return signatureOf('media', `${sight}|${session}|${assetId}|${expires}`)
}

function signed(sight: Sight, session: string, assetId: string, expiresAtSeconds: number): string {
  const expires = Math.floor(expiresAtSeconds).toString(36)
  return `${sight}~${session}~${expires}~${macOf(sight, session, assetId, expires)}`
}

/** For this session and this asset, until the session ends. */
export function sessionSignature(sight: 'v' | 'o' | 'i', caller: Pick<Caller, 'sessionId' | 'expiresAt'>, assetId: string): string {
  return signed(sight, caller.sessionId, assetId, caller.expiresAt.getTime() / 1000)
}

/** For segments of this asset: good for a whole session from now at least. */
export function sharedSignature(assetId: string): string {
  const window = Math.floor(nowMs() / 1000 / sharedSeconds) + 1
  return signed('c', everyone, assetId, window * sharedSeconds + config().sessionSeconds)
}

/** Null for what we did not sign for this asset, or whose time is over. */
export function seenBy(signature: string, assetId: string): Seen | null {
  const [, sight, session = '', expires = '', mac = ''] = /^([vcoi])~([0-9a-f-]{36}|0)~([0-9a-z]{1,9})~([\w-]{22})$/.exec(signature) ?? []
  if (!sight) return null
  const right = macOf(sight as Sight, session, assetId, expires)
  if (!timingSafeEqual(Buffer.from(right), Buffer.from(mac))) return null
  const expiresAt = Number.parseInt(expires, 36) * 1000
  if (expiresAt <= nowMs()) return null
  return { sight: sight as Sight, sessionId: session === everyone ? null : session, expiresAt }
}
