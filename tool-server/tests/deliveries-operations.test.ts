import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { setClock } from '../src/kernel/clock.ts'
import { GiveUp } from '../src/kernel/errors.ts'
import { backlog, discard, parked, resend } from '../src/kernel/events/backlog.ts'
import { lease } from '../src/kernel/events/deliveries.ts'
import { dueLanes, sweepOutDone } from '../src/kernel/events/due-lanes.ts'
import { alice, bob, drain, openTestDatabase, revisionOf, scribe, startOver, states, tell, told } from './_events.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() => setClock())

const gone = new Set<number>()
const listener = scribe({ batch: 1 }, async (batch) => {
  if (batch.some((delivery) => gone.has(revisionOf(delivery)))) throw new GiveUp('the line item was deleted')
})

test('operations see what is due, in work and parked, per listener, and how old the oldest is', async () => {
  gone.add(1)
  await startOver(listener, scribe({ name: 'test.idle' }))
  await tell(told(1), told(2))
  await drain(listener)
  await tell(told(3), told(4), told(5, bob))
  await lease(listener, bob)
  setClock(() => Date.now() + 3000)
  const seen = await backlog()
  expect(seen).toEqual([
    { listener: 'test.idle', due: 5, leased: 0, parked: 0, oldestSeconds: expect.any(Number) },
    { listener: 'test.write-down', due: 2, leased: 1, parked: 1, oldestSeconds: expect.any(Number) },
  ])
  expect(seen[0]?.oldestSeconds).toBeGreaterThan(2.9)
})

test('a parked delivery shows its reason, and arrives when it is resent', async () => {
  gone.add(1)
  await startOver(listener)
  await tell(told(1))
  await drain(listener)
  const [one, ...others] = await parked({ limit: 10 })
  expect(others).toEqual([])
  expect(one).toMatchObject({
    listener: 'test.write-down',
    event: 'gradebook.score.accepted',
    personId: alice,
    reason: 'the line item was deleted',
  })
  gone.clear()
  expect(await resend([one?.id ?? ''])).toBe(1)
  await drain(listener)
  expect(await states()).toEqual(['done'])
  expect(await parked({ listener: 'test.write-down', limit: 10 })).toEqual([])
})

test('all that a listener has parked can be resent at once, and a delivery can be given up for good', async () => {
  gone.add(1).add(2).add(3)
  await startOver(listener)
  await tell(told(1), told(2), told(3))
  await drain(listener)
  expect(await states()).toEqual(['parked', 'parked', 'parked'])
  expect(await discard([(await parked({ limit: 1 }))[0]?.id ?? ''])).toBe(1)
  gone.clear()
  expect(await resend({ listener: 'test.write-down' })).toBe(2)
  await drain(listener)
  expect(await states()).toEqual(['done', 'done', 'done'])
})

test('the sweep names lanes with due work and no worker, and none that wait, run or are held back', async () => {
  const unordered = scribe({ name: 'test.unordered', ordered: false, batch: 1 }, async () => {
    throw new Error('not now')
  })
  const waiting = scribe({ batch: 1 }, async () => {
    throw new Error('not now')
  })
  await startOver(waiting, unordered)
  await tell(told(1), told(2), told(3, bob))
  await drain(waiting)
  const lanes = async () => (await dueLanes([waiting, unordered], 10)).map((of) => `${of.listener} ${of.lane}`).sort()
  expect(await lanes()).toEqual([`test.unordered ${alice}`, `test.unordered ${bob}`, `test.write-down ${bob}`].sort())
  await lease(unordered, alice)
  expect(await lanes()).toEqual([`test.unordered ${bob}`, `test.write-down ${bob}`].sort())
  setClock(() => Date.now() + 60_000)
  expect((await lanes()).length).toBe(4)
})

test('what was done a week ago is deleted, and nothing else', async () => {
  gone.clear()
  gone.add(2)
  await startOver(listener)
  await tell(told(1), told(2), told(3))
  await drain(listener)
  await tell(told(4))
  expect(await sweepOutDone()).toBe(0)
  setClock(() => Date.now() + 8 * 86_400_000)
  expect(await sweepOutDone(1)).toBe(2)
  expect(await states()).toEqual(['parked', 'due'])
})
