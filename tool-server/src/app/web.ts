// Serves pages and calls. Any number of these may run; the worker runs apart.
import { config } from '../kernel/config.ts'
import { log } from '../kernel/log.ts'
import { startProcess } from './process.ts'
import { run } from './run.ts'

await run(
  () => startProcess({ web: true, worker: false, migrateFirst: false }),
  () => log.info({ url: config().publicUrl }, 'web is up'),
)
