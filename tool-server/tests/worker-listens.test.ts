// WORKER_LISTENS: which listeners a worker process serves, and that what none serves is seen.
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryAlone, transaction } from '../src/kernel/db.ts'
import { record } from '../src/kernel/events/outbox.ts'
import { operatorOf } from './_admin.ts'
import { eventually, startSchool, type TestSchool, type Wire } from './_app.ts'
import { endTools, startTool } from './_tool-process.ts'

const masterKey = randomBytes(32).toString('base64')
let school: TestSchool
beforeAll(async () => {
  school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent', MASTER_KEY: masterKey } })
})
afterAll(async () => {
  await endTools()
  await school.stop()
})

const ready = async (): Promise<{ status: number; words: string }> => {
  const answer = await fetch(`${school.origin}/readyz`)
  return { status: answer.status, words: ((await answer.json()) as { warnings: string[] }).warnings.join('\n') }
}
const startWorker = (listens: string) =>
  startTool('worker', {
    DATABASE_URL: school.databaseUrl,
    DATA_DIR: `/tmp/cuepoint-listens-${process.pid}`,
    MASTER_KEY: masterKey,
    WORKER_LISTENS: listens,
  })

test('each worker serves what it is told; what none serves is said by /readyz and to the administrator', async () => {
  const { ask } = await operatorOf(school.origin)
  const served = async (name: string) =>
    (await ask('GET', '/api/admin/deliveries')).listeners.find((it: Wire) => it.listener === name).served
  const before = await ready()
  // Pages go on: a load balancer must not take this process away.
  expect(before.status).toBe(200)
  expect(before.words).toMatch(/no worker process serves .*lti\.send-score/)
  expect([await served('lti.send-score'), await served('media.encode-chunk')]).toEqual([false, false])

  await startWorker('media.*')
  expect((await ready()).words).toMatch(/lti\.send-score/)
  expect((await ready()).words).not.toMatch(/media\./)
  expect([await served('lti.send-score'), await served('media.encode-chunk')]).toEqual([false, true])
  expect((await ask('GET', '/api/admin/deliveries')).workers).toMatchObject([{ listens: ['media.*'] }])

  // Something for assessment: the media worker leaves it alone.
  const scope = { institutionId: randomUUID(), courseId: null, personId: null, placementId: null }
  const data = { activityId: randomUUID(), versionId: randomUUID(), number: 2, maxScore: 1 }
  await transaction((tx) => record(tx, { name: 'content.activity.published', ...scope, data }))
  const waiting = async () =>
    (await queryAlone("select 1 from deliveries where listener = 'assessment.recount-results' and state = 'due'", [])).length
  const touched = async () =>
    (await queryAlone("select 1 from deliveries where listener = 'assessment.recount-results' and attempts > 0", [])).length
  expect(await waiting()).toBe(1)

  await startWorker('*')
  await eventually('the other worker has done it', async () => (await waiting()) === 0)
  expect(await touched()).toBe(1)
  expect((await ready()).words).toBe('')
  expect([await served('lti.send-score'), await served('media.encode-chunk')]).toEqual([true, true])

  await endTools()
  await eventually('they are missed once they have ended', async () => (await ready()).words.includes('media.encode-chunk'))
})
