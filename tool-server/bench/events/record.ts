// An event told by the outbox, in a transaction, with one listener: one event row, one delivery row, committed. Anchor: pg-boss, `send` of a
// job with the same data, by itself (its best case: nothing is written beside it). Ten connections each, the default of both.
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import PgBoss from 'pg-boss'
import { closeDatabase, openDatabase, transaction } from '../../src/kernel/db.ts'
import { recordLast, registerListeners } from '../../src/kernel/events/outbox.ts'
import { setLogLevel } from '../../src/kernel/log.ts'
import { migrate } from '../../src/kernel/migrations.ts'
import { listener } from '../../src/kernel/module.ts'
import type { Child } from '../child.ts'
import type { Postgres } from '../postgres.ts'
import { alternate, type Contender, printRounds } from '../rounds.ts'
import { Undo } from '../undo.ts'

const connections = 10

/** Both run in the bench's own process, one after the other: its CPU is that of whose turn it is. */
const here: Child = {
  origin: '',
  cpu: async () => {
    const { user, system } = process.cpuUsage()
    return user + system
  },
  countSql: () => Promise.reject(new Error('not counted')),
  stop: async () => undefined,
}

const one = listener({
  name: 'bench.hear',
  hears: ['assessment.result.changed'],
  queue: 'quick',
  ordered: true,
  batch: 100,
  retry: { firstSeconds: 1, capSeconds: 60, attempts: 5 },
  route: ({ personId }) => ({ lane: personId ?? '' }),
  run: async () => undefined,
})

export async function benchRecord(postgres: Postgres, rounds: number, count: number): Promise<{ many: number; one: number }> {
  const undo = new Undo()
  try {
    setLogLevel('silent')
    const url = await postgres.create('record')
    await migrate(url)
    await openDatabase(url, connections)
    undo.push(closeDatabase)
    registerListeners([one])
    const boss = new PgBoss({ connectionString: await postgres.create('boss'), max: connections, supervise: false, schedule: false })
    boss.on('error', (error) => process.stderr.write(`${String(error)}\n`))
    await boss.start()
    undo.push(() => boss.stop({ graceful: false, wait: true }))
    await boss.createQueue('results')
    const { version } = createRequire(import.meta.url)('pg-boss/package.json') as { version: string }
    const people = Array.from({ length: 200 }, () => randomUUID())
    const scope = { institutionId: randomUUID(), courseId: randomUUID(), placementId: randomUUID() }
    const dataOf = (at: number) => ({
      revision: at,
      score: at % 10,
      maxScore: 10,
      ...{ submittedAt: new Date().toISOString(), startedAt: new Date().toISOString(), comment: null, recounted: false },
      ...{ attemptId: randomUUID(), activityId: scope.courseId },
    })
    const outbox: Contender = {
      name: 'outbox',
      child: here,
      deed: async (at) => {
        const personId = people[at % people.length] as string
        await transaction((tx) => recordLast(tx, [{ name: 'assessment.result.changed', ...scope, personId, data: dataOf(at) }]))
      },
    }
    const jobs: Contender = {
      name: 'pg-boss',
      child: here,
      deed: async (at) => {
        const id = await boss.send('results', { ...scope, personId: people[at % people.length], data: dataOf(at) })
        if (!id) throw new Error('pg-boss took no job')
      },
    }
    const ratios: number[] = []
    for (const atOnce of [50, 1]) {
      process.stdout.write(
        `record: outbox against pg-boss ${version}, ${count} a round, ${atOnce} at once; PostgreSQL ${postgres.version}\n`,
      )
      const plan = { rounds, count: atOnce === 1 ? Math.ceil(count / 2) : count, warmUp: Math.min(count, 4000), atOnce, leadIn: 100 }
      ratios.push(printRounds(['outbox', 'pg-boss'], await alternate([outbox, jobs], plan, postgres)).rate)
    }
    return { many: ratios[0] ?? Number.NaN, one: ratios[1] ?? Number.NaN }
  } finally {
    await undo.all()
  }
}
