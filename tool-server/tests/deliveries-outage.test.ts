import { chmod, mkdtemp, readFile, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeDatabase, mayBeSilent, openDatabase, query, queryAlone, transaction } from '../src/kernel/db.ts'
import { type Embedded, startEmbedded } from '../src/kernel/embedded-postgres.ts'
import { closeWake, openWake } from '../src/kernel/jobs/wake.ts'
import { setLogLevel } from '../src/kernel/log.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { freshDatabase } from './_database.ts'
import { postgresPid, removeData } from './_embedded.ts'
import { scribe, startOver, states, tell, told, until } from './_events.ts'
import { killWorkers, makeRanTable, startWorkerProcess } from './_worker.ts'

let dataDir: string
let server: Embedded
beforeEach(async () => {
  setLogLevel('silent')
  dataDir = await realpath(await mkdtemp(join(tmpdir(), 'cuepoint-outage-')))
  await chmod(dataDir, 0o755)
  server = await startEmbedded({ dataDir })
})
afterEach(async () => {
  await closeWake()
  await killWorkers()
  await closeDatabase()
  await server.stop()
  await removeData(dataDir)
})

test('after kill -9 of PostgreSQL the workers go on by themselves, lose nothing and write few lines', async () => {
  await migrate(server.url)
  await openDatabase(server.url, 5)
  await makeRanTable()
  await startOver(scribe())
  await openWake({ databaseUrl: server.url })
  const worker = await startWorkerProcess({ databaseUrl: server.url, holdMs: 50 })
  for (let n = 0; n < 40; n++) await tell(told(n))
  process.kill((await postgresPid(join(dataDir, 'postgres'))) ?? 0, 'SIGKILL')
  const done = async () => (await states().catch(() => ['away'])).every((state) => state === 'done')
  const took = await until(done, 30)
  await tell(told(100))
  const again = await until(done, 15)
  const lines = worker.output().split('\n').length
  console.log(`PostgreSQL killed: all 40 heard ${took.toFixed(0)} ms later, the next after ${again.toFixed(0)} ms, ${lines} lines`)
  expect(again).toBeLessThan(10_000)
  expect(worker.output()).not.toContain('UNHANDLED')
  expect(lines).toBeLessThan(30)
})

test('while PostgreSQL stays away a worker neither spins nor floods the log', async () => {
  await migrate(server.url)
  const worker = await startWorkerProcess({ databaseUrl: server.url, holdMs: 1 })
  await sleep(1000)
  await server.stop()
  const before = cpuSeconds(worker.pid)
  await sleep(8000)
  const used = (await cpuSeconds(worker.pid)) - (await before)
  const lines = worker.output().split('\n').length
  console.log(`8 s without PostgreSQL: ${used.toFixed(2)} s of processor, ${lines} lines`)
  expect(used).toBeLessThan(2)
  expect(lines).toBeLessThan(30)
  expect(worker.output()).not.toContain('UNHANDLED')
})

test('a process that is stopped inside a transaction loses its locks to the others, unless it said that it would be silent', async () => {
  await migrate(server.url)
  await openDatabase(server.url, 5)
  await queryAlone('create table locked (id int primary key)')
  await queryAlone('insert into locked values (1)')
  const held = async (silentSeconds: number | null) => {
    let locked = (): void => undefined
    const isLocked = new Promise<void>((resolve) => {
      locked = resolve
    })
    const over = new AbortController()
    const work = transaction(async (tx) => {
      if (silentSeconds) await mayBeSilent(tx, silentSeconds)
      await query(tx, 'select 1 from locked for update')
      locked()
      await sleep(20_000, undefined, { signal: over.signal }).catch(() => undefined)
      await query(tx, 'select 1')
    }).then(
      () => 'kept',
      () => 'lost',
    )
    await isLocked
    return { work, end: () => over.abort() }
  }
  const stopped = await held(null)
  await queryAlone('update locked set id = 1')
  stopped.end()
  expect(await stopped.work).toBe('lost')
  const asking = await held(20)
  const other = queryAlone('update locked set id = 1')
  await sleep(6000)
  asking.end()
  expect(await asking.work).toBe('kept')
  await other
})

test('an unmigrated database is refused at the start, in one plain sentence', async () => {
  const { url, drop } = await freshDatabase({ empty: true })
  await expect(openWake({ databaseUrl: url })).rejects.toThrow('The database has no queue tables yet: run `npm run migrate` first.')
  await drop()
})

/** Linux: user and system time of a process, in ticks of 10 ms. */
async function cpuSeconds(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
