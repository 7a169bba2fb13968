// Carries deliveries and runs schedules. Any number of these may run.
import { log } from '../kernel/log.ts'
import { startProcess } from './process.ts'
import { run } from './run.ts'

await run(
  () => startProcess({ web: false, worker: true, migrateFirst: false }),
  () => log.info('worker is up'),
)
