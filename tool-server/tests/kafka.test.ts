// Events through Kafka, against kcat's mock broker: all of them, in the order of each learner, also over a broker that was away; and
// Kafka in BullMQ's place.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../src/kernel/config.ts'
import { closeDatabase, openDatabase, queryAlone, transaction } from '../src/kernel/db.ts'
import type { ListenerLane } from '../src/kernel/events/listeners.ts'
import { recordAll, registerListeners } from '../src/kernel/events/outbox.ts'
import { closeWake, openWake, startWorkers } from '../src/kernel/jobs/wake.ts'
import { setLogLevel } from '../src/kernel/log.ts'
import { listener } from '../src/kernel/module.ts'
import { KafkaWorkers, openKafkaWaker } from '../src/kernel/stream/kafka-wake.ts'
import { closeStream, streamEvents } from '../src/kernel/stream/stream-events.ts'
import { eventually } from './_app.ts'
import { freshDatabase, type TestDatabase } from './_database.ts'

interface Broker {
  address: string
  process: ChildProcess
}

/** A broker in memory, with its topics in partitions. */
async function startBroker(): Promise<Broker> {
  const broker = spawn('kcat', ['-b', 'x:1', '-X', 'test.mock.num.brokers=1', '-d', 'mock', '-C', '-t', 'unused'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const address = await new Promise<string>((resolve, reject) => {
    let words = ''
    broker.once('error', reject)
    broker.once('exit', () => reject(new Error(`kcat ended: ${words}`)))
    broker.stderr.setEncoding('utf8').on('data', (part: string) => {
      if (words.length < 10_000) words += part
      const found = /bootstrap\.servers=(\S+)/.exec(words)
      if (found?.[1]) resolve(found[1])
    })
  })
  return { address, process: broker }
}

let broker: Broker
let environment: Record<string, string>
let database: TestDatabase
beforeAll(async () => {
  setLogLevel('silent')
  broker = await startBroker()
  database = await freshDatabase()
  environment = { NODE_ENV: 'test', KAFKA_BROKERS: broker.address, KAFKA_WAKES: 'true', KAFKA_PREFIX: 'tried' }
  loadConfig(environment)
  await openDatabase(database.url, 10)
})
afterAll(async () => {
  await closeWake()
  await closeStream()
  await closeDatabase()
  await database?.drop()
  broker?.process.kill('SIGKILL')
})

const school = randomUUID()
const learners = Array.from({ length: 6 }, () => randomUUID())
let revision = 0

/** One event of each of these learners, in one transaction. */
async function tell(...people: string[]): Promise<void> {
  const events = people.map((personId) => {
    const scope = { institutionId: school, courseId: null, personId, placementId: null }
    return { name: 'gradebook.score.accepted' as const, ...scope, data: { revision: ++revision } }
  })
  await transaction((tx) => recordAll(tx, events))
}

interface Heard {
  key: string
  revision: number
  headers: Record<string, string>
}

/** What stands in the topic, from its beginning. */
async function readTopic(topic: string, count: number): Promise<Heard[]> {
  const heard: Heard[] = []
  const kafka = new Kafka({ brokers: [broker.address], logLevel: logLevel.NOTHING })
  const consumer = kafka.consumer({ groupId: `reader-${randomUUID()}`, retry: { retries: 20 } })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message }) => {
      const headers = Object.fromEntries(Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]))
      heard.push({ key: String(message.key), revision: JSON.parse(String(message.value)).data.revision, headers })
    },
  })
  await eventually(`${count} events stand in ${topic}`, () => new Set(heard.map((it) => it.revision)).size >= count, 60_000).finally(() =>
    consumer.disconnect(),
  )
  return heard
}

const notDone = async (): Promise<number> => {
  const [row] = await queryAlone<{ count: number }>("select count(*) as count from deliveries where state <> 'done'")
  return row?.count ?? -1
}

/** Nobody answers at the broker's address for so long. */
const awayMs = 20_000

describe('With KAFKA_BROKERS', () => {
  const ran: number[] = []
  const echo = listener({
    name: 'test.echo',
    hears: ['gradebook.score.accepted'],
    queue: 'quick',
    ordered: true,
    batch: 50,
    retry: { firstSeconds: 1, capSeconds: 5, attempts: 20 },
    route: ({ personId }) => ({ lane: personId ?? '' }),
    run: async (batch) => {
      for (const { event } of batch) ran.push(event.data.revision)
    },
  })

  it('each event goes to the topic of its family, under institution and learner, with its schema', async () => {
    registerListeners([echo, streamEvents])
    await openWake({ databaseUrl: database.url, kafka: true })
    startWorkers([echo, streamEvents])
    for (let round = 0; round < 5; round++) await tell(...learners)
    const heard = await readTopic('tried.gradebook', 30)
    expect(new Set(heard.map((it) => it.key))).toEqual(new Set(learners.map((id) => `${school}:${id}`)))
    for (const { headers } of heard) {
      expect(headers).toMatchObject({ event: 'gradebook.score.accepted', version: '1' })
      expect(JSON.parse(headers['json-schema'] ?? '')).toMatchObject({ $id: 'urn:cuepoint:event:gradebook.score.accepted:1' })
    }
  })

  it('with KAFKA_WAKES wake-ups travel through Kafka to one of the workers, and the work is done', async () => {
    await eventually('all were run', () => new Set(ran).size === 30, 30_000)
    // A group of its own: a member who joins the running one would have it shared out anew first.
    loadConfig({ ...environment, KAFKA_PREFIX: 'apart' })
    const woken: string[] = []
    const lost: ListenerLane[] = []
    const ear = new KafkaWorkers(['quick'], ({ lane }) => woken.push(lane))
    const waker = openKafkaWaker((lanes) => lost.push(...lanes))
    try {
      // Who has joined hears what comes from then on: told again until somebody hears.
      await eventually(
        'a wake-up was heard',
        async () => {
          waker.send([{ listener: 'test.echo', lane: 'a lane' }])
          await new Promise((later) => setTimeout(later, 500))
          return woken.length > 0
        },
        100_000,
      )
    } finally {
      await ear.close()
      await waker.close()
      loadConfig(environment)
    }
    expect(woken[0]).toBe('a lane')
    expect(lost).toEqual([])
  })

  it('nothing is lost over a broker that is away, and each learner’s order is kept', async () => {
    broker.process.kill('SIGSTOP')
    const since = performance.now()
    for (let round = 0; round < 10; round++) await tell(...learners)
    // Listeners go on meanwhile: the sweep takes the place of wake-ups.
    await eventually('the listener ran without Kafka', () => new Set(ran).size === 90, 90_000)
    expect(await notDone()).toBeGreaterThan(0)
    await new Promise((later) => setTimeout(later, awayMs - (performance.now() - since)))
    broker.process.kill('SIGCONT')
    const heard = await readTopic('tried.gradebook', 90)
    await eventually('every delivery is done', async () => (await notDone()) === 0, 60_000)
    for (const id of learners) {
      const mine = heard.filter((it) => it.key === `${school}:${id}`).map((it) => it.revision)
      // At least once: what was sent twice comes again, but never before what was told earlier.
      const first = mine.filter((it, at) => mine.indexOf(it) === at)
      expect(first).toEqual([...first].sort((a, b) => a - b))
    }
  })
})
