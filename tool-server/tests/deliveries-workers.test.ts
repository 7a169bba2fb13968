import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { closeWake, openWake, startWorkers, stopWorkers } from '../src/kernel/jobs/wake.ts'
import { alice, bob, openTestDatabase, scribe, startOver, states, tell, told, until } from './_events.ts'
import { startRedis, type TestRedis } from './_redis.ts'
import { killWorkers, makeRanTable, ran, startWorkerProcess } from './_worker.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let redis: TestRedis
beforeAll(async () => {
  database = await openTestDatabase()
  redis = await startRedis()
  await makeRanTable()
})
afterAll(async () => {
  await redis.stop()
  await database.close()
})

const given = () =>
  queryAlone('select state, attempts, exists (select from lane_leases l where d.id = any (l.ids)) as leased from deliveries d order by id')
const allDone = async () => (await states()).every((state) => state === 'done')

describe.each(['PostgreSQL', 'Redis'])('with BullMQ on %s', (backend) => {
  const queue = () => ({
    databaseUrl: database.url,
    redisUrl: backend === 'Redis' ? redis.url : undefined,
    prefix: `test-${randomUUID()}`,
  })
  let address: ReturnType<typeof queue>
  beforeEach(() => {
    address = queue()
  })
  afterEach(async () => {
    await closeWake()
    await killWorkers()
    await queryAlone('truncate ran')
  })

  test('what is told is heard soon, in the order of its lane', async () => {
    const listener = scribe({ batch: 3 })
    await startOver(listener)
    await openWake(address)
    startWorkers([listener])
    await tell(told(0, bob))
    await until(allDone)
    await tell(...[1, 2, 3, 4, 5, 6, 7].map((n) => told(n)))
    const took = await until(allDone)
    console.log(`${backend}: heard after ${took.toFixed(0)} ms`)
    expect(listener.wrote).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(took).toBeLessThan(5000)
  })

  test('events that come while their lane is in work are heard too', async () => {
    const listener = scribe({ batch: 2 }, () => sleep(5))
    await startOver(listener)
    await openWake(address)
    startWorkers([listener])
    for (let n = 1; n <= 100; n++) await tell(told(n, n % 2 ? alice : bob))
    const took = await until(allDone)
    console.log(`${backend}: the last of 100 was heard ${took.toFixed(0)} ms after it was told`)
    expect(listener.wrote.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
    expect(listener.wrote.filter((n) => n % 2)).toEqual(listener.wrote.filter((n) => n % 2).toSorted((a, b) => a - b))
  })

  test('an event that comes in the middle of a run is heard right after it, not only by the sweep', async () => {
    const begins: number[] = []
    const listener = scribe({}, async () => {
      begins.push(performance.now())
      await sleep(300)
    })
    await startOver(listener)
    await openWake(address)
    startWorkers([listener])
    for (let round = 0; round < 5; round++) {
      await tell(told(round * 2))
      await until(() => begins.length === round * 2 + 1)
      await tell(told(round * 2 + 1))
      await until(() => begins.length === round * 2 + 2)
      await until(allDone)
    }
    const gaps = begins.map((at, index) => (index % 2 ? at - (begins[index - 1] ?? 0) - 300 : 0))
    console.log(`${backend}: the next run began ${Math.max(...gaps).toFixed(0)} ms after the one before, at most`)
    expect(Math.max(...gaps)).toBeLessThan(2500)
  })

  test('after kill -9 of a worker in the middle of a run, its work runs again within 10 s', async () => {
    await startOver(scribe())
    await openWake(address)
    const first = await startWorkerProcess({ ...address, holdMs: 60_000 })
    await tell(told(1))
    await until(async () => (await ran('begins')).length === 1)
    const second = await startWorkerProcess({ ...address, holdMs: 10 })
    await first.end('SIGKILL')
    const took = await until(async () => (await ran('ends')).length === 1, 20)
    console.log(`${backend}: ran again ${took.toFixed(0)} ms after kill -9`)
    expect(took).toBeLessThan(10_000)
    expect((await ran('begins')).map((row) => row.pid)).toEqual([first.pid, second.pid])
    expect(second.output()).not.toContain('UNHANDLED')
  })

  test('a worker that stood still finds its lane taken over, and does not write', async () => {
    await startOver(scribe())
    await openWake(address)
    const first = await startWorkerProcess({ ...address, holdMs: 1500 })
    await tell(told(1))
    await until(async () => (await ran('begins')).length === 1)
    first.signal('SIGSTOP')
    const second = await startWorkerProcess({ ...address, holdMs: 4000 })
    await until(async () => (await ran('begins')).length === 2)
    first.signal('SIGCONT')
    await until(() => first.output().includes('was lost'))
    expect(await states()).toEqual(['due'])
    await until(allDone)
    expect((await queryAlone('select attempts from deliveries'))[0]).toEqual({ attempts: 2 })
    expect(second.output()).not.toContain('was lost')
  })

  test('on SIGTERM a worker finishes its batch and leaves the rest to others at once', async () => {
    await startOver(scribe())
    await openWake(address)
    const first = await startWorkerProcess({ ...address, holdMs: 1000 })
    await tell(told(1), told(2))
    await until(async () => (await ran('begins')).length === 1)
    expect(await first.end('SIGTERM')).toBe(0)
    expect(await states()).toEqual(['done', 'due'])
    expect(await given()).toEqual([
      { state: 'done', attempts: 1, leased: false },
      { state: 'due', attempts: 0, leased: false },
    ])
    expect(first.output()).toContain('stopped')
    await startWorkerProcess({ ...address, holdMs: 10 })
    await until(allDone, 10)
  })

  test.each([
    ['ends when it is told to', (signal: AbortSignal) => sleep(60_000, undefined, { signal })],
    ['does not care', () => sleep(4000)],
  ])('work that outlasts the end of a process and %s is given back untried, and is not written', async (_how, deed) => {
    const begun: number[] = []
    const listener = scribe({}, async (batch, signal) => {
      begun.push(batch.length)
      await deed(signal)
    })
    await startOver(listener)
    await openWake(address)
    startWorkers([listener])
    await tell(told(1))
    await until(() => begun.length === 1)
    await stopWorkers(200)
    expect(await given()).toEqual([{ state: 'due', attempts: 0, leased: false }])
    await sleep(4000)
    expect(await given()).toEqual([{ state: 'due', attempts: 0, leased: false }])
  })

  test('many lanes are shared by several workers, and each row runs once', async () => {
    await startOver(scribe())
    await openWake(address)
    const workers = await Promise.all([1, 2, 3].map(() => startWorkerProcess({ ...address, holdMs: 20 })))
    const people = Array.from({ length: 12 }, () => randomUUID())
    for (let n = 0; n < 10; n++) await tell(...people.map((person, index) => told(n * 12 + index, person)))
    await until(allDone)
    const rows = await ran('ends')
    expect(rows.map((row) => row.revision).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_, index) => index))
    const share = workers.map((worker) => rows.filter((row) => row.pid === worker.pid).length)
    console.log(`${backend}: three workers ran ${share.join(', ')}`)
    expect(Math.min(...share)).toBeGreaterThan(0)
  })
})
