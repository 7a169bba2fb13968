import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { nowMs, setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { GiveUp, TryLater } from '../src/kernel/errors.ts'
import { finish, type Lease, lease, renew } from '../src/kernel/events/deliveries.ts'
import type { Listener } from '../src/kernel/module.ts'
import { alice, bob, drain, openTestDatabase, revisionOf, scribe, startOver, states, tell, told } from './_events.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() => setClock())

/** Sets the clock forward, for leases and due times too. */
function pass(seconds: number): void {
  const shift = nowMs() - Date.now() + seconds * 1000
  setClock(() => Date.now() + shift)
}

async function taken(listener: Listener): Promise<Lease> {
  const { taken } = await lease(listener, alice)
  if (!taken) throw new Error('nothing was taken')
  return taken
}

const allDone = ({ rows }: Lease) => rows.map(({ id }) => ({ id, state: 'done' as const }))

/** Fails for these revisions, row by row. */
const failsFor =
  (...revisions: number[]) =>
  async (batch: Parameters<typeof revisionOf>[0][]) =>
    new Map(batch.filter((delivery) => revisions.includes(revisionOf(delivery))).map((delivery) => [delivery.id, { retry: 'not now' }]))

describe('order', () => {
  test('a lane is run in the order of its events, in batches', async () => {
    const listener = scribe({ batch: 4 })
    await startOver(listener)
    await tell(...[1, 2, 3, 4, 5, 6].map((n) => told(n)), told(100, bob))
    await tell(told(7))
    await drain(listener)
    expect(listener.batches).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7],
    ])
    expect(await states()).toEqual(['done', 'done', 'done', 'done', 'done', 'done', 'due', 'done'])
  })

  test('in an ordered lane a row that waits for its retry holds back the later ones, and only those of its lane', async () => {
    const bad = new Set([1, 2])
    const listener = scribe({ batch: 2 }, (batch) => failsFor(...bad)([...batch]))
    await startOver(listener)
    await tell(told(1), told(2), told(3), told(9, bob))
    await drain(listener)
    await drain(listener, bob)
    expect(listener.wrote).toEqual([9])
    bad.clear()
    pass(30)
    await drain(listener)
    expect(listener.wrote).toEqual([9, 1, 2, 3])
  })

  test('in an unordered lane the others go on', async () => {
    const listener = scribe({ batch: 2, ordered: false }, (batch) => failsFor(1)([...batch]))
    await startOver(listener)
    await tell(told(1), told(2), told(3), told(4))
    await drain(listener)
    expect(listener.wrote).toEqual([2, 3, 4])
    expect(await states()).toEqual(['due', 'done', 'done', 'done'])
  })

  test('a parked row does not block its lane', async () => {
    const listener = scribe({ batch: 1 }, async (batch) => {
      if (batch.some((delivery) => revisionOf(delivery) === 1)) throw new GiveUp('the activity is gone')
    })
    await startOver(listener)
    await tell(told(1), told(2))
    await drain(listener)
    expect(listener.wrote).toEqual([2])
    const [row] = await queryAlone<{ state: string; last_error: string; attempts: number }>('select * from deliveries order by id limit 1')
    expect(row).toMatchObject({ state: 'parked', last_error: 'the activity is gone', attempts: 1 })
  })
})

describe('retries', () => {
  test('waits double up to the cap, and after the last try the row is parked with its reason', async () => {
    const listener = scribe({ retry: { firstSeconds: 10, capSeconds: 25, attempts: 4 } }, async () => {
      throw new Error('the LMS answered 503')
    })
    await startOver(listener)
    await tell(told(1))
    const waits: number[] = []
    for (let tries = 0; tries < 4; tries++) {
      await drain(listener)
      const [row] = await queryAlone<{ state: string; wait: number }>(
        'select state, extract(epoch from due_at - now())::float8 as wait from deliveries',
      )
      if (row?.state !== 'due') break
      const wait = row.wait - (nowMs() - Date.now()) / 1000
      waits.push(wait)
      pass(wait + 0.1)
    }
    expect(listener.batches.length).toBe(4)
    expect(waits.length).toBe(3)
    const inside = (wait: number | undefined, seconds: number) => {
      expect(wait).toBeGreaterThan(seconds * 0.75 - 0.5)
      expect(wait).toBeLessThan(seconds * 1.25 + 0.5)
    }
    inside(waits[0], 10)
    inside(waits[1], 20)
    inside(waits[2], 25)
    expect((await queryAlone('select state, last_error, attempts from deliveries'))[0]).toEqual({
      state: 'parked',
      last_error: 'the LMS answered 503',
      attempts: 4,
    })
  })

  test('nothing is tried before the time that the other side asked for', async () => {
    const listener = scribe({}, async () => {
      throw new TryLater('slow down', 120)
    })
    await startOver(listener)
    await tell(told(1))
    await drain(listener)
    pass(119)
    await drain(listener)
    expect(listener.batches.length).toBe(1)
    pass(20)
    await drain(listener)
    expect(listener.batches.length).toBe(2)
  })

  test('a batch that fails is halved, so that one bad row ends up alone and the others arrive', async () => {
    const listener = scribe({ batch: 8, retry: { firstSeconds: 1, capSeconds: 1, attempts: 6 } }, async (batch) => {
      if (batch.some((delivery) => revisionOf(delivery) === 5)) throw new Error('bad row')
    })
    await startOver(listener)
    await tell(...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => told(n)))
    for (let tries = 0; tries < 12; tries++) {
      await drain(listener)
      pass(2)
    }
    expect(listener.wrote).toEqual([1, 2, 3, 4, 6, 7, 8])
    expect(await states()).toEqual(['done', 'done', 'done', 'done', 'parked', 'done', 'done', 'done'])
  })

  test('of an error only the message is kept, short and without tokens', async () => {
    const listener = scribe({}, async () => {
      throw new Error(`401 for Bearer abc.def access_token=s3cret at https://user:pw@lms.example ${'x'.repeat(900)}`)
    })
    await startOver(listener)
    await tell(told(1))
    await drain(listener)
    const [row] = await queryAlone<{ last_error: string }>('select last_error from deliveries')
    expect(row?.last_error.length).toBe(500)
    expect(row?.last_error).toMatch(/^401 for Bearer \[token\] access_token=\[removed\] at https:\/\/\[removed\]@lms\.example x/)
  })
})

describe('the lease', () => {
  test('eight drains at once: a lane never runs twice at the same time, and every row runs once', async () => {
    let inside = 0
    let most = 0
    const listener = scribe({ batch: 3 }, async () => {
      most = Math.max(most, ++inside)
      await sleep(2)
      inside--
    })
    await startOver(listener)
    const all = Array.from({ length: 60 }, (_, index) => index + 1)
    await tell(...all.slice(0, 40).map((n) => told(n)))
    const drains = Array.from({ length: 8 }, async () => {
      while ((await states()).includes('due')) await drain(listener)
    })
    await tell(...all.slice(40).map((n) => told(n)))
    await Promise.all(drains)
    expect(most).toBe(1)
    expect(listener.wrote).toEqual(all)
  })

  test('a second worker is told how long the lease still runs', async () => {
    const listener = scribe()
    await startOver(listener)
    await tell(told(1))
    expect((await lease(listener, alice)).taken?.rows.length).toBe(1)
    await tell(told(2))
    const second = await lease(listener, alice)
    expect(second.taken).toBeUndefined()
    expect(second.busyMs).toBeGreaterThan(5000)
    expect(second.busyMs).toBeLessThanOrEqual(6000)
  })

  test('a worker that stood still cannot mark anything done after another took over', async () => {
    const listener = scribe({ batch: 4 })
    await startOver(listener)
    await tell(told(1), told(2), told(3), told(4))
    const slow = await taken(listener)
    pass(7)
    const quick = await taken(listener)
    // A lane that has failed before is taken in smaller bites: the rows the second worker did not take are lost to the first too.
    expect(quick.rows.length).toBe(2)
    expect(await renew(slow)).toBe(false)
    expect(await finish(slow, allDone(slow))).toEqual({ counted: 0 })
    expect(await states()).toEqual(['due', 'due', 'due', 'due'])
    expect(await finish(quick, allDone(quick))).toEqual({ counted: 2 })
    expect(await states()).toEqual(['done', 'done', 'due', 'due'])
  })

  test('a lease that ran out and that nobody took may still be renewed and finished', async () => {
    const listener = scribe()
    await startOver(listener)
    await tell(told(1))
    const first = await taken(listener)
    pass(7)
    expect(await renew(first)).toBe(true)
    expect((await lease(listener, alice)).taken).toBeUndefined()
  })

  test('a row that ends every worker that runs it is parked in the end', async () => {
    const listener = scribe({ retry: { firstSeconds: 1, capSeconds: 1, attempts: 2 } })
    await startOver(listener)
    await tell(told(1), told(2))
    for (let crash = 0; crash < 5; crash++) {
      expect((await taken(listener)).rows.length).toBeGreaterThan(0)
      pass(7)
    }
    await drain(listener)
    expect(listener.wrote).toEqual([2])
    expect((await queryAlone('select state, last_error from deliveries order by id limit 1'))[0]).toEqual({
      state: 'parked',
      last_error: 'a worker stopped 5 times while it ran this',
    })
  })
})
