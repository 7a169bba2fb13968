// The one door of the master key: seal() and open() for what is encrypted at rest (AES-256-GCM).
// A sealed text is `v1.<key id>.<iv>.<box>`: the key id tells which master key wrapped it.
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { config } from './config.ts'

let key: { id: string; bytes: Buffer } | undefined

function masterKey(): { id: string; bytes: Buffer } {
  if (!key) {
    const bytes = Buffer.from(config().masterKey ?? ownKey(config().dataDir), 'base64')
    key = { id: createHash('sha256').update('key-id').update(bytes).digest('hex').slice(0, 8), bytes }
  }
  return key
}

/** The embedded default: made at first use, readable by its owner only. */
function ownKey(dataDir: string): string {
  const path = join(dataDir, 'master-key')
  try {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(path, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    chmodSync(path, 0o600)
  }
  return readFileSync(path, 'utf8').trim()
}

const signingKeys = new Map<string, Buffer>()

/** A code that only this installation can make for a text, 128 bits in base64url; `purpose` keeps uses apart from each other. */
export function signatureOf(purpose: string, text: string): string {
  const { id, bytes } = masterKey()
  const name = `${id} ${purpose}`
  const signing = signingKeys.get(name) ?? Buffer.from(hkdfSync('sha256', bytes, '', `cuepoint signature: ${purpose}`, 32))
  signingKeys.set(name, signing)
  return createHmac('sha256', signing).update(text).digest().subarray(0, 16).toString('base64url')
}

/** For tests and after a change of configuration: reads the key anew. */
export function forgetMasterKey(): void {
  key = undefined
}

export function seal(plain: string): string {
  const { id, bytes } = masterKey()
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', bytes, iv)
  const box = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return ['v1', id, iv.toString('base64url'), box.toString('base64url')].join('.')
}

/** Throws when the text was sealed with another master key, or changed since. */
export function unseal(sealed: string): string {
  const [version, id, iv, box] = sealed.split('.')
  if (version !== 'v1' || !id || !iv || !box) throw new Error('not a sealed text')
  const { id: ours, bytes } = masterKey()
  if (id !== ours) throw new Error(`sealed with master key ${id}, but this process has ${ours}`)
  const all = Buffer.from(box, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', bytes, Buffer.from(iv, 'base64url'))
  decipher.setAuthTag(all.subarray(-16))
  return Buffer.concat([decipher.update(all.subarray(0, -16)), decipher.final()]).toString('utf8')
}
