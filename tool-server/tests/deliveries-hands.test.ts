// A lane whose rows have nothing to do with each other is worked on with three hands: while one batch runs, the next is taken.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { nowMs, setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { lease, turnOver } from '../src/kernel/events/deliveries.ts'
import { runBatch } from '../src/kernel/events/run-batch.ts'
import type { Delivery, Listener, Outcome } from '../src/kernel/module.ts'
import { alice, openTestDatabase, revisionOf, type Scribe, scribe, startOver, states, tell, told, until } from './_events.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() => setClock())

type Deed = (batch: readonly Delivery[], signal: AbortSignal) => Promise<ReadonlyMap<string, Outcome> | void>

const apart = (deed?: Deed, more: Partial<Omit<Listener, 'run'>> = {}): Scribe =>
  scribe({ ordered: false, tellsEach: true, batch: 3, ...more }, deed)

const always = () => true
const never = new AbortController().signal
const upTo = (last: number): number[] => Array.from({ length: last }, (_, at) => at + 1)

async function open(listener: Listener, rows: number): Promise<void> {
  await startOver(listener)
  await tell(...upTo(rows).map((n) => told(n)))
}

const leases = () => queryAlone<{ ids: number[] }>('select ids from lane_leases')
const runsOf = () => queryAlone<{ runs: number; attempts: number }>('select runs::int, attempts from deliveries order by id')
const numbers = (it: readonly number[]) => it.toSorted((a, b) => a - b)

test('every row runs once, three batches at a time at most, and nothing of the lease is left', async () => {
  let [inside, most] = [0, 0]
  const listener = apart(async () => {
    most = Math.max(most, ++inside)
    await sleep(5)
    inside--
  })
  await open(listener, 40)
  expect(await runBatch(listener, alice, never, always)).toEqual({ is: 'empty' })
  expect(numbers(listener.wrote)).toEqual(upTo(40))
  expect(most).toBe(3)
  expect(new Set(await states())).toEqual(new Set(['done']))
  expect(new Set((await runsOf()).map(({ runs }) => runs))).toEqual(new Set([1]))
  expect(await leases()).toEqual([])
})

test('several workers and what is told meanwhile: one of them has the lane, and every row runs once', async () => {
  const listener = apart(async () => {
    await sleep(1)
  })
  await open(listener, 30)
  const workers = Array.from({ length: 4 }, async () => {
    while ((await states()).includes('due')) if ((await runBatch(listener, alice, never, always)).is === 'busy') await sleep(5)
  })
  await tell(
    ...upTo(60)
      .slice(30)
      .map((n) => told(n)),
  )
  await Promise.all(workers)
  expect(numbers(listener.wrote)).toEqual(upTo(60))
})

test('a short batch is run with one hand, and so is a lane whose rows depend on each other', async () => {
  for (const listener of [apart(undefined, { batch: 10 }), apart(undefined, { ordered: true }), apart(undefined, { tellsEach: false })]) {
    await open(listener, 5)
    await runBatch(listener, alice, never, always)
    expect(listener.batches.length).toBe(1)
  }
})

test('when its turn is over no more rows are taken, and those in hand are done', async () => {
  let turns = 0
  const listener = apart()
  await open(listener, 30)
  expect(await runBatch(listener, alice, never, () => ++turns < 4)).toEqual({ is: 'ran' })
  const done = (await states()).filter((state) => state === 'done').length
  expect(done).toBe(listener.wrote.length)
  expect(done).toBeGreaterThanOrEqual(3)
  expect(done).toBeLessThan(30)
  expect(await leases()).toEqual([])
})

test('what failed waits for its retry, and the others go on', async () => {
  const listener = apart(
    async (batch) => new Map(batch.filter((it) => revisionOf(it) % 5 === 0).map(({ id }) => [id, { retry: 'not now' }])),
  )
  await open(listener, 20)
  await runBatch(listener, alice, never, always)
  expect(numbers(listener.wrote)).toEqual(upTo(20).filter((n) => n % 5 > 0))
  expect((await runsOf()).filter(({ runs, attempts }) => runs === 1 && attempts === 1).length).toBe(20)
  expect((await states()).filter((state) => state === 'due').length).toBe(4)
})

test('a listener that throws in one hand has its batch tried again; the other hands go on', async () => {
  let failed = false
  const listener = apart(async () => {
    if (failed) return
    failed = true
    throw new Error('the first batch fails')
  })
  await open(listener, 12)
  await runBatch(listener, alice, never, always)
  expect(listener.wrote.length).toBe(9)
  expect((await states()).filter((state) => state === 'due').length).toBe(3)
  expect(await leases()).toEqual([])
})

test('a lost lease: no hand writes, and the next worker counts a try of each of their rows', async () => {
  let goOn = (): void => undefined
  const stands = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const listener = apart(() => stands)
  await open(listener, 10)
  const slow = runBatch(listener, alice, never, always)
  await until(() => listener.batches.length === 3)
  const shift = nowMs() - Date.now() + 7000
  setClock(() => Date.now() + shift)
  const { taken } = await lease(listener, alice)
  expect(taken?.rows.map(({ attempt }) => attempt)).toEqual([2, 2, 2])
  goOn()
  await slow
  expect(new Set(await states())).toEqual(new Set(['due']))
  expect((await runsOf()).map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 0])
})

test('a process that stops gives back what all hands hold, untried', async () => {
  const stopping = new AbortController()
  const listener = apart(async (_, signal) => {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    signal.throwIfAborted()
  })
  await open(listener, 8)
  const running = runBatch(listener, alice, stopping.signal, always)
  await until(() => listener.batches.length === 3)
  stopping.abort()
  await running
  expect(await leases()).toEqual([])
  expect((await runsOf()).map(({ attempts }) => attempts)).toEqual(Array(8).fill(0))
  expect((await lease(listener, alice)).taken?.rows.map(({ attempt }) => attempt)).toEqual([1, 1, 1])
})

test('what one hand has in hand the other does not take, also where one ends and one takes at the same moment', async () => {
  const listener = apart()
  await open(listener, 60)
  const { taken } = await lease(listener, alice)
  if (!taken) throw new Error('nothing was taken')
  const seen: string[] = []
  const hand = async (rows: readonly Delivery[]): Promise<void> => {
    for (let now = rows; ; ) {
      seen.push(...now.map(({ id }) => id))
      const turned = await turnOver(
        taken,
        now.map(({ id }) => ({ id, state: 'done' as const })),
        3,
      )
      expect(turned.counted).toBe(now.length)
      now = turned.rows
      if (now.length === 0) return
    }
  }
  await Promise.all([hand(taken.rows), hand([]), hand([]), hand([])])
  expect(seen.length).toBe(60)
  expect(new Set(seen).size).toBe(60)
  expect(await leases()).toEqual([])
})
