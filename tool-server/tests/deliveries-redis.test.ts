import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeWake, openWake, startWorkers } from '../src/kernel/jobs/wake.ts'
import { openTestDatabase, scribe, startOver, states, tell, told, until } from './_events.ts'
import { startRedis, type TestRedis } from './_redis.ts'
import { killWorkers, makeRanTable, ran, startWorkerProcess } from './_worker.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let redis: TestRedis
beforeAll(async () => {
  database = await openTestDatabase()
  await makeRanTable()
})
afterAll(() => database.close())
beforeEach(async () => {
  redis = await startRedis()
})
afterEach(async () => {
  await closeWake()
  await killWorkers()
  await redis.stop()
})

const address = () => ({ databaseUrl: database.url, redisUrl: redis.url })
const done = async () => (await states()).filter((state) => state === 'done').length
const people = Array.from({ length: 20 }, () => randomUUID())

/** Whoever waited for Redis would wait for its 2 s timeout at least; below that, slowness is the machine's and not Redis's. */
const aWaitForRedisMs = 1500

/** A hundred events in twenty lanes; answers with the longest that one of them kept its teller waiting. */
async function tellHundred(): Promise<number> {
  let longest = 0
  for (let n = 0; n < 100; n++) {
    const start = performance.now()
    await tell(told(n, people[n % 20]))
    longest = Math.max(longest, performance.now() - start)
  }
  return longest
}

test('a flushed Redis with a hundred deliveries waiting loses none', async () => {
  const listener = scribe()
  await startOver(listener)
  await openWake(address())
  await tellHundred()
  await until(async () => Number(await redis.command('dbsize')) > 0)
  await redis.command('flushall')
  startWorkers([listener])
  const took = await until(async () => (await done()) === 100, 20)
  console.log(`FLUSHALL: all 100 heard after ${took.toFixed(0)} ms`)
  expect(took).toBeLessThan(10_000)
})

test('a Redis flushed while workers run loses none', async () => {
  const listener = scribe({ batch: 2 }, () => sleep(30))
  await startOver(listener)
  await openWake(address())
  startWorkers([listener], { concurrency: 2 })
  await tellHundred()
  await redis.command('flushall')
  const took = await until(async () => (await done()) === 100, 20)
  console.log(`FLUSHALL in work: all 100 heard after ${took.toFixed(0)} ms`)
  expect(listener.wrote.length).toBe(100)
})

test('with Redis down nothing fails and nobody waits; the work goes on, and wakes at once again when Redis is back', async () => {
  const listener = scribe()
  await startOver(listener)
  await openWake(address())
  startWorkers([listener])
  await redis.kill()
  const longest = await tellHundred()
  const took = await until(async () => (await done()) === 100, 20)
  console.log(`Redis down: telling took ${longest.toFixed(0)} ms at most, all 100 heard after ${took.toFixed(0)} ms`)
  expect(longest).toBeLessThan(aWaitForRedisMs)
  expect(took).toBeLessThan(10_000)
  await redis.start()
  await sleep(5000)
  await tell(told(500))
  expect(await until(async () => (await done()) === 101)).toBeLessThan(10_000)
})

test('a process that starts while Redis is down works', async () => {
  await redis.kill()
  const listener = scribe()
  await startOver(listener)
  await openWake(address())
  startWorkers([listener])
  const longest = await tellHundred()
  expect(longest).toBeLessThan(aWaitForRedisMs)
  expect(await until(async () => (await done()) === 100, 20)).toBeLessThan(10_000)
})

test('a Redis that hangs holds up neither those who tell nor the work', async () => {
  const listener = scribe()
  await startOver(listener)
  await openWake(address())
  startWorkers([listener])
  await tell(told(1000))
  await until(async () => (await done()) === 1)
  redis.freeze()
  const longest = await tellHundred()
  const took = await until(async () => (await done()) === 101, 20)
  console.log(`Redis hangs: telling took ${longest.toFixed(0)} ms at most, all 100 heard after ${took.toFixed(0)} ms`)
  redis.thaw()
  expect(longest).toBeLessThan(aWaitForRedisMs)
  expect(took).toBeLessThan(10_000)
})

test('a worker process outlives an outage of Redis, says little, and works again', async () => {
  await startOver(scribe())
  await openWake(address())
  const worker = await startWorkerProcess({ ...address(), holdMs: 1 })
  await redis.kill()
  await tellHundred()
  await until(async () => (await done()) === 100, 20)
  await redis.start()
  await tell(told(500))
  await until(async () => (await done()) === 101)
  expect((await ran('ends')).length).toBe(101)
  expect(worker.output()).not.toContain('UNHANDLED')
  const lines = worker.output().split('\n').length
  console.log(`an outage made the worker write ${lines} lines`)
  expect(lines).toBeLessThan(20)
  expect(await worker.end('SIGTERM')).toBe(0)
})
