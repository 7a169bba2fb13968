// A worker process has no pages, and shows its figures on a port of its own: those of each LRS, too.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type StubLrs, startStubLrs } from '../../fixtures/lrs/stub.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { saveLrs, switchLrs } from '../src/modules/analytics/lrs/desk.ts'
import { eventually, freePort, startSchool, type TestSchool } from './_app.ts'
import { launchAs, placeSample } from './_journey.ts'
import { endTools, startTool } from './_tool-process.ts'

const token = 'scraper-of-this-test'
const masterKey = randomBytes(32).toString('base64')
let school: TestSchool
let lrs: StubLrs
let port: number
beforeAll(async () => {
  lrs = await startStubLrs()
  school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent', MASTER_KEY: masterKey } })
  const { itemId } = await placeSample(school)
  const [institution] = await queryAlone<{ id: string }>('select id from institutions')
  const { url, username, password } = lrs
  const usual = { lrsId: null, institutionId: institution?.id ?? '', xapiVersion: '1.0.3', actor: 'account', events: null } as const
  await saveLrs({ ...usual, name: 'Open', url, username, password })
  await switchLrs(await saveLrs({ ...usual, name: 'Paused', url, username, password }), false)
  await saveLrs({ ...usual, name: 'Wrong key', url, username, password: 'another' })
  await launchAs(school, 'student1', itemId)
  port = await freePort()
  const env = { DATABASE_URL: school.databaseUrl, DATA_DIR: school.dataDir, MASTER_KEY: masterKey, PUBLIC_URL: school.origin }
  await startTool('worker', { ...env, METRICS_PORT: String(port), METRICS_TOKEN: token })
}, 60_000)
afterAll(async () => {
  await endTools()
  await school?.stop()
  await lrs?.stop()
})

const ask = (path: string, bearer = token) => fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${bearer}` } })
const figure = (text: string, name: string, of: string): number | undefined => {
  const found = new RegExp(`^cuepoint_${name}\\{lrs="[^"]+",name="${of}",institution="[^"]+"\\} (\\S+)`, 'm').exec(text)
  return found ? Number(found[1]) : undefined
}

it('shows of each LRS what waits, how old it is, how fast it takes, and whether it is trouble', async () => {
  const scrape = async () => (await ask('/metrics')).text()
  await eventually('one took it, one refused us', async () => {
    const text = await scrape()
    return figure(text, 'lrs_waiting', 'Open') === 0 && figure(text, 'lrs_sending', 'Wrong key') === 0
  })
  const text = await scrape()
  expect(figure(text, 'lrs_waiting', 'Paused')).toBeGreaterThan(0)
  expect(figure(text, 'lrs_waiting', 'Wrong key')).toBeGreaterThan(0)
  expect(figure(text, 'lrs_oldest_seconds', 'Paused')).toBeGreaterThan(0)
  expect(figure(text, 'lrs_oldest_seconds', 'Open')).toBe(0)
  expect(figure(text, 'lrs_statements_per_minute', 'Open')).toBeGreaterThan(0)
  expect([figure(text, 'lrs_sending', 'Open'), figure(text, 'lrs_sending', 'Paused')]).toEqual([1, 0])
  expect(figure(text, 'lrs_last_error_timestamp_seconds', 'Open')).toBe(0)
  expect(figure(text, 'lrs_last_error_timestamp_seconds', 'Wrong key')).toBeGreaterThan(1_700_000_000)
  expect(figure(text, 'lrs_last_sent_timestamp_seconds', 'Open')).toBeGreaterThan(1_700_000_000)
  expect(figure(text, 'lrs_parked', 'Open')).toBe(0)
  expect(text, 'what this process has done').toMatch(/^cuepoint_deliveries_ended_total\{listener="analytics.forward-statements"/m)
})

it('shows figures to who has the token only, health to anybody, and nothing else', async () => {
  expect((await ask('/metrics', 'another-token-of-it')).status).toBe(404)
  const health = await fetch(`http://127.0.0.1:${port}/healthz`)
  expect([health.status, await health.json()]).toEqual([200, { ok: true }])
  for (const path of ['/', '/admin', '/api/session', '/metrics/x']) expect((await ask(path)).status).toBe(404)
})
