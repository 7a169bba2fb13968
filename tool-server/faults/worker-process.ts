// A worker process for the rows that kill it: works off what is due until it is ended. Its clock is moved as the stage's is.
import { openConfiguredDatabase } from '../src/app/process.ts'
import { setClock } from '../src/kernel/clock.ts'
import { loadConfig } from '../src/kernel/config.ts'
import { setLogLevel } from '../src/kernel/log.ts'
import { HandWorker } from './hand-worker.ts'
import type { WorkerTask } from './killed-worker.ts'
import { MovedClock } from './moved-clock.ts'

const { movedMs, env, listeners } = JSON.parse(process.argv[2] ?? '{}') as WorkerTask
loadConfig(env)
setLogLevel('silent')
setClock(() => Date.now() + movedMs)
await openConfiguredDatabase()
process.stdout.write('ready\n')
// Whoever started us says when.
process.stdin.once('data', async () => {
  const worker = new HandWorker(new MovedClock(), listeners)
  for (;;) {
    await worker.work()
    await new Promise((later) => setTimeout(later, 5))
  }
})
process.stdin.once('end', () => process.exit(1))
