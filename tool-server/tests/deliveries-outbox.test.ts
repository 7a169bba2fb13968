import { afterAll, beforeAll, expect, test } from 'vitest'
import { query, queryAlone, transaction } from '../src/kernel/db.ts'
import { onWork } from '../src/kernel/events/listeners.ts'
import { record, recordAll, registerListeners } from '../src/kernel/events/outbox.ts'
import { alice, bob, drain, openTestDatabase, school, scribe, startOver, states, tell, told } from './_events.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const count = async (table: string) => (await queryAlone<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n

test('an event and its deliveries are written together with the state they tell of', async () => {
  await startOver(scribe(), scribe({ name: 'test.write-too' }))
  await tell(told(1))
  expect([await count('events'), await count('deliveries')]).toEqual([1, 2])
})

test('when the transaction fails, neither the event nor a delivery stays, and nobody is woken', async () => {
  await startOver(scribe())
  const woken: unknown[] = []
  onWork((lanes) => woken.push(...lanes))
  const failing = transaction(async (tx) => {
    await record(tx, told(1))
    throw new Error('the deed failed')
  })
  await expect(failing).rejects.toThrow('the deed failed')
  expect([await count('events'), await count('deliveries'), woken.length]).toEqual([0, 0, 0])
})

test('after the commit each lane is woken once, and not before', async () => {
  await startOver(scribe())
  const woken: string[] = []
  onWork((lanes) => woken.push(...lanes.map((of) => of.lane)))
  await transaction(async (tx) => {
    await record(tx, told(1))
    expect(woken).toEqual([])
  })
  await tell(told(2), told(3), told(4, bob))
  expect(woken).toEqual([alice, alice, bob])
})

test('every listener hears exactly the events that it asked for and routed', async () => {
  const scores = scribe()
  const everything = scribe({ name: 'test.hear-all', hears: 'all' })
  const deletions = scribe({ name: 'test.hear-deletions', hears: ['content.activity.deleted'] })
  const oddOnes = scribe({
    name: 'test.hear-odd',
    route: (event) => ((event.data as { revision: number }).revision % 2 ? { lane: 'odd' } : null),
  })
  await startOver(scores, everything, deletions, oddOnes)
  await tell(told(1), told(2))
  await transaction((tx) =>
    record(tx, {
      name: 'content.activity.deleted',
      institutionId: school,
      courseId: null,
      personId: alice,
      placementId: null,
      data: { activityId: school },
    }),
  )
  const rows = await queryAlone<{ listener: string; name: string }>(
    'select d.listener, e.name from deliveries d join events e on e.id = d.event_id order by d.id',
  )
  const heard = (listener: string) => rows.filter((row) => row.listener === listener).map((row) => row.name)
  expect(heard('test.write-down')).toEqual(['gradebook.score.accepted', 'gradebook.score.accepted'])
  expect(heard('test.hear-all')).toEqual(['gradebook.score.accepted', 'gradebook.score.accepted', 'content.activity.deleted'])
  expect(heard('test.hear-deletions')).toEqual(['content.activity.deleted'])
  expect(heard('test.hear-odd')).toEqual(['gradebook.score.accepted'])
})

test('an event arrives as it was told, with its scope, version and time', async () => {
  const seen: unknown[] = []
  const listener = scribe({}, async (batch) => void seen.push(...batch.map((delivery) => delivery.event)))
  await startOver(listener)
  const event = await transaction((tx) => record(tx, told(7)))
  await drain(listener)
  expect(seen).toEqual([event])
})

test('data that does not fit its schema is refused, and what the schema does not know is left out', async () => {
  await startOver(scribe())
  await expect(tell({ ...told(1), data: { revision: 'two' as unknown as number } })).rejects.toThrow('does not fit its schema')
  expect(await states()).toEqual([])
  const event = await transaction((tx) => record(tx, { ...told(1), data: { revision: 1, secret: 'x' } as { revision: number } }))
  expect(event.data).toEqual({ revision: 1 })
})

test('a listener that looks into the database while it routes sees what the transaction has written so far', async () => {
  const listener = scribe({
    route: async (_event, tx) => {
      const [school] = await query<{ name: string }>(tx, 'select name from institutions')
      return { lane: school?.name ?? 'not seen', target: 'https://lrs.example' }
    },
  })
  await startOver(listener)
  await transaction(async (tx) => {
    await query(tx, "insert into institutions (id, name) values ($1, 'Hill School')", [school])
    await record(tx, told(1))
  })
  expect(await queryAlone('select target, lane from deliveries')).toEqual([{ target: 'https://lrs.example', lane: 'Hill School' }])
})

test('two listeners of one name are refused', () => {
  expect(() => registerListeners([scribe(), scribe()])).toThrow('two listeners are called test.write-down')
})

test.each([1, 4, 5, 40])('%i events told by one statement are each heard once, in their order', async (many) => {
  const listener = scribe()
  const second = scribe({ name: 'test.hear-too' })
  await startOver(listener, second)
  const events = Array.from({ length: many }, (_, at) => told(at + 1))
  await transaction((tx) => recordAll(tx, events))
  await drain(listener)
  await drain(second)
  expect(listener.wrote).toEqual(events.map((_, at) => at + 1))
  expect(second.wrote).toEqual(listener.wrote)
  expect([await count('events'), await count('deliveries')]).toEqual([many, 2 * many])
})

test('with an event that is deleted its deliveries go, and no others', async () => {
  await startOver(scribe())
  await tell(told(1), told(2), told(3))
  await queryAlone("delete from events where data->>'revision' in ('1', '3')")
  expect([await count('events'), await count('deliveries')]).toEqual([1, 1])
})
