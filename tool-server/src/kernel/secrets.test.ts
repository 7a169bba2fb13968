// What is sealed can be opened with the same master key only, and not after a change.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import { forgetMasterKey, seal, unseal } from './secrets.ts'

function masterKey(): void {
  loadConfig({ MASTER_KEY: randomBytes(32).toString('base64') })
  forgetMasterKey()
}

describe('sealing', () => {
  beforeEach(masterKey)
  it('gives the text back, and never the same box twice', () => {
    const text = 'a private key — ключ'
    expect(unseal(seal(text))).toBe(text)
    expect(seal(text)).not.toBe(seal(text))
    expect(seal(text)).not.toContain('private')
  })
  it('names the master key that wrapped it', () => {
    const sealed = seal('x')
    const [, id] = sealed.split('.')
    masterKey()
    expect(() => unseal(sealed)).toThrow(id)
  })
  it('notices a change', () => {
    const parts = seal('x').split('.')
    const box = Buffer.from(parts[3] ?? '', 'base64url')
    box[0] = (box[0] ?? 0) ^ 1
    expect(() => unseal([...parts.slice(0, 3), box.toString('base64url')].join('.'))).toThrow()
  })
  it('makes its own key where none is given, readable by its owner only', () => {
    const dir = mkdtempSync(join(tmpdir(), 'cuepoint-own-'))
    loadConfig({ DATA_DIR: dir })
    forgetMasterKey()
    const sealed = seal('x')
    forgetMasterKey()
    expect(unseal(sealed)).toBe('x')
    expect(statSync(join(dir, 'master-key')).mode & 0o777).toBe(0o600)
  })
})
