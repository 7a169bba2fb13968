import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { startSchedules } from '../src/kernel/jobs/schedules.ts'
import { openTestDatabase, until } from './_events.ts'
import { killWorkers, makeRanTable, ran, startWorkerProcess } from './_worker.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  database = await openTestDatabase()
  await makeRanTable()
})
afterEach(async () => {
  await killWorkers()
  await queryAlone('truncate ran, schedule_runs')
})
afterAll(() => database.close())

test('with three processes a schedule runs once per period', async () => {
  const task = { databaseUrl: database.url, holdMs: 0, everySeconds: 1 }
  await Promise.all([1, 2, 3].map(() => startWorkerProcess(task)))
  await queryAlone('truncate ran')
  const began = performance.now()
  await sleep(6000)
  const ticks = (await ran('ticks')).map((row) => row.at.getTime())
  const periods = (performance.now() - began) / 1000
  expect(ticks.length).toBeGreaterThanOrEqual(3)
  // Each of three for itself would run eighteen times.
  expect(ticks.length).toBeLessThanOrEqual(periods + 1)
  const gaps = ticks.slice(1).map((at, index) => at - (ticks[index] ?? 0))
  console.log(`periods of 1 s: ${gaps.join(', ')} ms`)
  // A tick is noted a little after it began; where two ran in one period, a third of it would lie between them.
  expect(Math.min(...gaps)).toBeGreaterThan(500)
})

test('when the process that ran it is killed, another goes on', async () => {
  const task = { databaseUrl: database.url, holdMs: 0, everySeconds: 1 }
  const workers = await Promise.all([startWorkerProcess(task), startWorkerProcess(task)])
  await until(async () => (await ran('ticks')).length > 0)
  const first = (await ran('ticks'))[0]?.pid
  await workers.find((worker) => worker.pid === first)?.end('SIGKILL')
  const other = workers.find((worker) => worker.pid !== first)?.pid
  await until(async () => (await ran('ticks')).filter((row) => row.pid === other).length >= 2)
})

test('a run that takes longer than its period is not started a second time, and one that fails comes again', async () => {
  let runs = 0
  let inside = 0
  let most = 0
  const long = {
    name: 'test.long',
    everySeconds: 0.5,
    run: async () => {
      runs++
      most = Math.max(most, ++inside)
      await sleep(1500)
      inside--
      throw new Error('not today')
    },
  }
  const processes = [startSchedules([long]), startSchedules([long]), startSchedules([long])]
  await until(() => runs >= 2)
  await Promise.all(processes.map((schedules) => schedules.stop()))
  expect(most).toBe(1)
  expect(inside).toBe(0)
})

test('two schedules of one name are refused', () => {
  const one = { name: 'test.one', everySeconds: 60, run: async () => undefined }
  expect(() => startSchedules([one, one])).toThrow('same name')
})
