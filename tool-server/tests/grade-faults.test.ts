// Processes that die and queues that forget, between a Result and its grade: every grade arrives, once.
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Fault, type FaultCall, type Lms, startLms } from '../../fixtures/lms-simulator/index.ts'
import { addPlatform } from '../src/app/platforms.ts'
import { config } from '../src/kernel/config.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { closeWake, openWake } from '../src/kernel/jobs/wake.ts'
import { callTool, eventually, startSchool, type TestSchool } from './_app.ts'
import { launchAs, placeSample, rightAnswers } from './_journey.ts'
import { startRedis, type TestRedis } from './_redis.ts'
import { endTools, startTool, type ToolProcess } from './_tool-process.ts'

const timeout = 120_000
const masterKey = randomBytes(32).toString('base64')
let school: TestSchool
let redis: TestRedis
beforeAll(async () => {
  school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent', MASTER_KEY: masterKey } })
  redis = await startRedis()
})
afterEach(async () => {
  school.lms.faults.clear()
  await endTools()
})
afterAll(async () => {
  await school?.stop()
  await redis?.stop()
})

const startWorker = (more: Record<string, string> = {}): Promise<ToolProcess> => {
  const { port, dataDir } = config()
  return startTool('worker', { PORT: String(port), DATABASE_URL: school.databaseUrl, DATA_DIR: dataDir, MASTER_KEY: masterKey, ...more })
}

interface Seat {
  person: string
  token: string
  placementId: string
}

/** A learner of their own before the quiz. */
async function newLearner(itemId: string, at: TestSchool = school): Promise<Seat> {
  const course = at.lms.state.items.get(itemId)?.courseId ?? ''
  const { id: person } = at.lms.addPerson({ givenName: 'Lee', familyName: 'Learner', courses: { [course]: 'learner' } })
  const { token, data } = await launchAs(at, person, itemId)
  return { person, token, placementId: data.session.placement.id }
}

async function handIn({ token, placementId }: Seat, right = 99): Promise<number> {
  const { json: attempt } = await callTool(school.origin, token, 'POST', `/api/placements/${placementId}/attempts`)
  const answers = rightAnswers('photosynthesis-and-cell-energy', attempt.questions).slice(0, right)
  const { json } = await callTool(school.origin, token, 'POST', `/api/attempts/${attempt.id}/submit`, { key: randomUUID(), answers })
  return json.outcome.score
}

async function inParts<T>(all: readonly T[], deed: (one: T) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < all.length; at += 10) await Promise.all(all.slice(at, at + 10).map(deed))
}

const syncOf = async ({ token, placementId }: Seat): Promise<string> =>
  (await callTool(school.origin, token, 'GET', `/api/placements/${placementId}/player`)).json.result.sync.state
const lineItemOf = (itemId: string, lms: Lms = school.lms): string => lms.state.items.get(itemId)?.lineItemId ?? ''
const sentFor = ({ person }: Seat) => school.lms.scores.filter((it) => (it.body as { userId: string }).userId === person)
const gradesOf = (itemId: string) => school.lms.gradebook('2').filter((it) => it.lineItem === lineItemOf(itemId) && it.score !== null)
const waiting = async (): Promise<number> =>
  (await queryAlone(`select from deliveries where listener = 'lti.send-score' and state = 'due'`)).length

it(
  'a worker killed after the LMS took the score and before that was noted leaves one grade, and the tool knows of it',
  async () => {
    const { itemId } = await placeSample(school)
    const seat = await newLearner(itemId)
    const first = await startWorker()
    let killed: Promise<void> | undefined
    school.lms.faults.ags = ({ kind }) => {
      // In the turn of the event loop in which the LMS stores the score: the answer finds nobody.
      if (kind === 'score') killed ??= first.end('SIGKILL')
      return undefined
    }
    const score = await handIn(seat)
    await eventually('the LMS has the score', () => gradesOf(itemId).length === 1)
    await killed
    expect(await syncOf(seat)).toBe('waiting')
    await startWorker()
    const began = Date.now()
    await eventually('the tool knows that it arrived', async () => (await syncOf(seat)) === 'accepted', 15_000)
    console.log(`settled ${Date.now() - began} ms after the next worker was up`)
    expect(gradesOf(itemId).map((it) => [it.person, it.score])).toEqual([[seat.person, score]])
    expect(sentFor(seat).map((it) => it.accepted)).toEqual([true, false])
    expect(new Set(sentFor(seat).map((it) => (it.body as { timestamp: string }).timestamp)).size).toBe(1)
  },
  timeout,
)

/** How many score calls were under way at once, at most, while the LMS takes its time. */
function countInFlight(): () => number {
  let [now, most] = [0, 0]
  school.lms.faults.ags = ({ kind }: FaultCall): Fault | undefined => {
    if (kind !== 'score') return undefined
    most = Math.max(most, ++now)
    setTimeout(() => now--, 30)
    return { delayMs: 30 }
  }
  return () => most
}

it(
  '100 students hand in while no worker runs: two that start later bring every grade, six calls at a time at most',
  async () => {
    const { itemId } = await placeSample(school)
    const people = Array.from({ length: 100 })
    const seats: Seat[] = []
    await inParts(people, async () => seats.push(await newLearner(itemId)))
    const scores = new Map<string, number>()
    const tokens = school.lms.tokenRequests
    await inParts(seats, async (seat) => scores.set(seat.person, await handIn(seat, 1 + (Number(seat.person) % 8))))
    expect(await waiting()).toBe(100)
    expect(gradesOf(itemId)).toEqual([])
    await queryAlone('delete from access_tokens')
    const most = countInFlight()
    await Promise.all([startWorker(), startWorker()])
    await eventually('all 100 stand in the gradebook', () => gradesOf(itemId).length === 100, 60_000)
    expect(new Map(gradesOf(itemId).map((it) => [it.person, it.score]))).toEqual(scores)
    expect(most()).toBeGreaterThan(1)
    expect(most()).toBeLessThanOrEqual(6)
    expect(school.lms.tokenRequests - tokens).toBe(1)
    await eventually('all are noted', async () => (await waiting()) === 0)
    for (const seat of seats) expect(sentFor(seat).map((it) => it.status)).toEqual([200])
  },
  timeout,
)

it(
  'Redis is flushed with 100 deliveries waiting: all grades arrive',
  async () => {
    const { itemId } = await placeSample(school)
    // From here on this process asks for its lanes by Redis.
    await closeWake()
    await openWake({ databaseUrl: school.databaseUrl, redisUrl: redis.url })
    const seats: Seat[] = []
    await inParts(Array.from({ length: 100 }), async () => seats.push(await newLearner(itemId)))
    await inParts(seats, handIn)
    expect(await waiting()).toBe(100)
    expect(await redis.command('dbsize')).not.toBe(0)
    await redis.command('flushall')
    expect(await redis.command('dbsize')).toBe(0)
    await startWorker({ REDIS_URL: redis.url })
    await eventually('half of them came', () => gradesOf(itemId).length >= 50, 60_000)
    await redis.command('flushall')
    await eventually('all 100 stand in the gradebook', () => gradesOf(itemId).length === 100, 60_000)
    expect(seats.flatMap(sentFor)).toHaveLength(100)
    await closeWake()
    await openWake({ databaseUrl: school.databaseUrl })
  },
  timeout,
)

it(
  'a worker that is up before an LMS is registered sends its scores all the same',
  async () => {
    const { itemId } = await placeSample(school)
    await startWorker()
    const early = await newLearner(itemId)
    await handIn(early)
    await eventually('the worker has looked at its registrations', async () => (await syncOf(early)) === 'accepted', 30_000)
    const lms = await startLms({ port: 0, toolOrigin: school.origin, quiet: true })
    await addPlatform(lms.registration as Parameters<typeof addPlatform>[0])
    const other: TestSchool = { ...school, lms }
    const placed = await placeSample(other)
    const seat = await newLearner(placed.itemId, other)
    await handIn(seat)
    await eventually(
      'the other LMS has the score',
      () => lms.gradebook('2').some((it) => it.lineItem === lineItemOf(placed.itemId, lms) && it.score !== null),
      20_000,
    )
    await lms.stop()
  },
  timeout,
)
