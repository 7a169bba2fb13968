// Our own keys: RSA-2048, made off the event loop, the private part sealed at rest; published at /lti/keys.
import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { now, nowMs } from '../../../kernel/clock.ts'
import { config } from '../../../kernel/config.ts'
import { query, queryAlone, type Tx, transaction } from '../../../kernel/db.ts'
import { conflict } from '../../../kernel/errors.ts'
import { log } from '../../../kernel/log.ts'
import { seal, unseal } from '../../../kernel/secrets.ts'
import { ToolKeyRow } from '../lti.models.ts'

const generate = promisify(generateKeyPair)

export interface ToolKey {
  kid: string
  privateKey: KeyObject
  /** PKCS#8, for ltijs, which signs from text. */
  pem: string
}

const rememberedMs = 60_000
let remembered: { key: ToolKey; until: number } | undefined

export function forgetToolKey(): void {
  remembered = undefined
}

/** The key we sign with: the newest whose time has come; made at first use, once however many processes start. */
export async function toolKey(): Promise<ToolKey> {
  if (remembered && remembered.until > nowMs()) return remembered.key
  const row = (await signingKey()) ?? (await firstKey())
  const pem = unseal(row.privateSealed)
  remembered = { key: { kid: row.kid, pem, privateKey: createPrivateKey(pem) }, until: nowMs() + rememberedMs }
  return remembered.key
}

/** $1 is now. */
const published = '(retired_at is null or retired_at > $1)'

interface KeyRow {
  kid: string
  publicJwk: object
  privateSealed: string
  createdAt: Date
  signsFrom: Date
  retiredAt: Date | null
}

/** Every published key, the one that signs last from first. */
function publishedRows(): Promise<KeyRow[]> {
  return queryAlone<KeyRow>(
    `select kid, public_jwk "publicJwk", private_sealed "privateSealed", created_at "createdAt", signs_from "signsFrom", retired_at "retiredAt"
     from tool_keys where ${published} order by signs_from desc, created_at desc`,
    [now()],
  )
}

function signingOf(rows: readonly KeyRow[]): KeyRow | undefined {
  // A clock that was set back must not leave us without a key.
  return rows.find((it) => it.signsFrom.getTime() <= nowMs()) ?? rows.at(-1)
}

async function signingKey(): Promise<KeyRow | undefined> {
  return signingOf(await publishedRows())
}

async function firstKey(): Promise<KeyRow> {
  const made = await newKey()
  await alone(async (tx) => {
    const there = await query(tx, `select from tool_keys where ${published}`, [now()])
    if (there.length === 0) await ToolKeyRow.create(made, { transaction: tx })
  })
  const row = await signingKey()
  if (!row) throw new Error('the tool has no key')
  return row
}

/** One process at a time makes keys. */
function alone<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(async (tx) => {
    await query(tx, `select pg_advisory_xact_lock(hashtext('cuepoint first tool key'))`)
    return work(tx)
  })
}

async function newKey(): Promise<{
  kid: string
  publicJwk: object
  privateSealed: string
  createdAt: Date
  signsFrom: Date
  retiredAt: null
}> {
  const pair = await generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const kid = createHash('sha256').update(pair.publicKey).digest('base64url').slice(0, 24)
  const jwk = createPublicKey(pair.publicKey).export({ format: 'jwk' })
  // Canvas refuses a JWK without alg and use (fact 4).
  return {
    kid,
    publicJwk: { ...jwk, kid, alg: 'RS256', use: 'sig' },
    privateSealed: seal(pair.privateKey),
    createdAt: now(),
    signsFrom: now(),
    retiredAt: null,
  }
}

/**
 * Makes a new key. It is published at once; it signs when every platform may have fetched our keys since (config.keyOverlapSeconds,
 * longer than their caches), and the old one stays published as long again, so that what it signed last can still be checked.
 * `atOnce` is for a key that has leaked: the new one signs now and the old one is withdrawn; scores that a platform refuses until it
 * looks at our keys again are retried.
 */
export async function rotateKey({ atOnce = false } = {}): Promise<KeyState> {
  await toolKey()
  const made = await newKey()
  await alone(async (tx) => {
    const [coming] = await query<{ signs_from: Date }>(tx, `select signs_from from tool_keys where ${published} and signs_from > $1`, [
      now(),
    ])
    if (coming && !atOnce)
      throw conflict('rotation_under_way', `A new key is on its way already: it signs from ${coming.signs_from.toISOString()}.`)
    const overlapMs = config().keyOverlapSeconds * 1000
    const signsFrom = new Date(nowMs() + (atOnce ? 0 : overlapMs))
    // A key that is leaving already keeps the time it was given, unless it has to go now.
    await query(tx, `update tool_keys set retired_at = $2 where ${atOnce ? published : 'retired_at is null and created_at <= $1'}`, [
      now(),
      new Date(nowMs() + (atOnce ? 0 : 2 * overlapMs)),
    ])
    await ToolKeyRow.create({ ...made, signsFrom }, { transaction: tx })
  })
  forgetToolKey()
  log.warn({ audit: 'key-rotated', kid: made.kid, atOnce }, 'a new signing key was made')
  const state = (await keyStates()).find((it) => it.kid === made.kid)
  if (!state) throw new Error('the new key is not there')
  return state
}

export interface KeyState {
  kid: string
  state: 'coming' | 'signing' | 'leaving'
  publishedAt: Date
  signsFrom: Date
  /** Published until then; null = no end is set. */
  publishedUntil: Date | null
}

/** Every published key and where it stands, the newest first. */
export async function keyStates(): Promise<KeyState[]> {
  await toolKey()
  const rows = await publishedRows()
  const signing = signingOf(rows)
  return rows.map((row) => ({
    kid: row.kid,
    state: row.kid === signing?.kid ? 'signing' : row.signsFrom.getTime() > nowMs() ? 'coming' : 'leaving',
    publishedAt: row.createdAt,
    signsFrom: row.signsFrom,
    publishedUntil: row.retiredAt,
  }))
}

/** JWKS (RFC 7517): the key that signs, the one that will, and the one that did. */
export async function publishedKeys(): Promise<{ keys: object[] }> {
  await toolKey()
  const rows = await publishedRows()
  return { keys: rows.map((row) => row.publicJwk) }
}

/** The private half of a key that is published no longer is of no use to anybody but a thief. */
export async function wipeRetiredKeys(): Promise<void> {
  await queryAlone(`update tool_keys set private_sealed = '' where retired_at < $1 and private_sealed <> ''`, [now()])
}
