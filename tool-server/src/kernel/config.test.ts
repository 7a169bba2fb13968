// The environment is checked as a whole, and production takes nothing that is only good enough for a demo.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, configFrom } from './config.ts'

const key = randomBytes(32).toString('base64')
const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://cuepoint:Zk81-long-enough@db:5432/cuepoint',
  PUBLIC_URL: 'https://cuepoint.example.edu',
  MASTER_KEY: key,
}

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    configFrom(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('configuration', () => {
  it('needs nothing on one machine', () => {
    expect(configFrom({})).toMatchObject({
      production: false,
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      databaseUrl: undefined,
      allowLoopback: false,
    })
  })

  it('tells all problems at once', () => {
    const problems = problemsOf({ PORT: 'many', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud', SESSION_HOURS: '-1' })
    expect(problems.map((it) => it.split(':')[0])).toEqual(['PORT', 'DATABASE_URL', 'LOG_LEVEL', 'SESSION_HOURS'])
  })

  it('treats an empty variable as absent', () => {
    expect(configFrom({ PORT: '', REDIS_URL: '' })).toMatchObject({ port: 3000, redisUrl: undefined })
  })

  it('takes a whole production environment', () => {
    expect(problemsOf(production)).toEqual([])
  })

  it.each([
    ['no database', { DATABASE_URL: '' }, 'DATABASE_URL'],
    ['a default database password', { DATABASE_URL: 'postgres://cuepoint:postgres@db/cuepoint' }, 'DATABASE_URL'],
    ['no master key', { MASTER_KEY: '' }, 'MASTER_KEY'],
    ['a master key of zeros', { MASTER_KEY: Buffer.alloc(32).toString('base64') }, 'MASTER_KEY'],
    ['a short master key', { MASTER_KEY: 'c2hvcnQ=' }, 'MASTER_KEY'],
    ['plain http', { PUBLIC_URL: 'http://cuepoint.example.edu' }, 'PUBLIC_URL'],
    ['an address with a path', { PUBLIC_URL: 'https://example.edu/cuepoint' }, 'PUBLIC_URL'],
    ['loopback calls', { ALLOW_LOOPBACK: 'true' }, 'ALLOW_LOOPBACK'],
  ])('production refuses %s', (_says, change, variable) => {
    expect(problemsOf({ ...production, ...change }).map((it) => it.split(':')[0])).toContain(variable)
  })

  it('reads the master key from a file, but not from both places', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'cuepoint-key-')), 'key')
    writeFileSync(file, `${key}\n`)
    expect(configFrom({ ...production, MASTER_KEY: '', MASTER_KEY_FILE: file }).masterKey).toBe(key)
    expect(problemsOf({ ...production, MASTER_KEY_FILE: file })).toHaveLength(1)
    expect(problemsOf({ ...production, MASTER_KEY: '', MASTER_KEY_FILE: `${file}-gone` })[0]).toMatch(/cannot be read/)
  })
})
