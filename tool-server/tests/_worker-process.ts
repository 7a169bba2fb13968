// A worker process for tests that kill it: notes in table `ran` what it begins and ends. Started by startWorkerProcess.
import { setTimeout as sleep } from 'node:timers/promises'
import { closeDatabase, openDatabase, queryAlone } from '../src/kernel/db.ts'
import { registerListeners } from '../src/kernel/events/outbox.ts'
import { startSchedules } from '../src/kernel/jobs/schedules.ts'
import { closeWake, openWake, startWorkers } from '../src/kernel/jobs/wake.ts'
import { log } from '../src/kernel/log.ts'
import type { Listener } from '../src/kernel/module.ts'
import type { WorkerTask } from './_worker.ts'

const task = JSON.parse(process.argv[2] ?? '{}') as WorkerTask
const note = (what: string, revision: number) =>
  queryAlone('insert into ran (what, revision, pid) values ($1, $2, $3)', [what, revision, process.pid])

const listener: Listener = {
  name: 'test.write-down',
  hears: 'all',
  queue: 'quick',
  ordered: true,
  batch: 1,
  retry: { firstSeconds: 1, capSeconds: 10, attempts: 5 },
  route: () => null,
  run: async (batch, { signal }) => {
    for (const { event } of batch) {
      const { revision } = event.data as { revision: number }
      await note('begins', revision)
      await sleep(task.holdMs, undefined, { signal })
      await note('ends', revision)
    }
  },
}

process.on('unhandledRejection', (error) => log.error({ err: error }, 'UNHANDLED'))
await openDatabase(task.databaseUrl, 4)
registerListeners([listener])
await openWake(task)
const workers = startWorkers([listener], { concurrency: { quick: 4, outbound: 0, heavy: 0 } })
const schedules = startSchedules(
  task.everySeconds ? [{ name: 'test.tick', everySeconds: task.everySeconds, run: async () => void (await note('ticks', 0)) }] : [],
)
process.on('SIGTERM', async () => {
  await schedules.stop()
  await workers.stop()
  await closeWake()
  await closeDatabase()
  process.stdout.write('stopped\n')
})
process.stdout.write('ready\n')
