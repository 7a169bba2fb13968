// Our own keys: RSA-2048, made off the event loop, the private part sealed at rest; published at /lti/keys.
import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { now, nowMs } from '../../../kernel/clock.ts'
import { query, transaction } from '../../../kernel/db.ts'
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

/** The key we sign with: the newest that is not retired; made at first use, once however many processes start. */
export async function toolKey(): Promise<ToolKey> {
  if (remembered && remembered.until > nowMs()) return remembered.key
  const row = (await newestKey()) ?? (await firstKey())
  const pem = unseal(row.privateSealed)
  remembered = { key: { kid: row.kid, pem, privateKey: createPrivateKey(pem) }, until: nowMs() + rememberedMs }
  return remembered.key
}

function newestKey(): Promise<ToolKeyRow | null> {
  return ToolKeyRow.findOne({ where: { retiredAt: null }, order: [['createdAt', 'DESC']] })
}

async function firstKey(): Promise<ToolKeyRow> {
  const made = await newKey()
  await transaction(async (tx) => {
    await query(tx, `select pg_advisory_xact_lock(hashtext('cuepoint first tool key'))`)
    if (!(await ToolKeyRow.findOne({ where: { retiredAt: null }, transaction: tx }))) await ToolKeyRow.create(made, { transaction: tx })
  })
  const row = await newestKey()
  if (!row) throw new Error('the tool has no key')
  return row
}

async function newKey(): Promise<{ kid: string; publicJwk: object; privateSealed: string; createdAt: Date; retiredAt: null }> {
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
    retiredAt: null,
  }
}

/** Makes a new key and signs with it from now on; the old ones stay published until they are retired. */
export async function rotateKey(): Promise<string> {
  const row = await ToolKeyRow.create(await newKey())
  forgetToolKey()
  return row.kid
}

/** JWKS (RFC 7517) of all keys that are not retired. */
export async function publishedKeys(): Promise<{ keys: object[] }> {
  await toolKey()
  const rows = await ToolKeyRow.findAll({ where: { retiredAt: null }, order: [['createdAt', 'DESC']] })
  return { keys: rows.map((row) => row.publicJwk) }
}
