// Serves pages and calls. Any number of these may run; the worker runs apart.
import { config } from '../kernel/config.ts'
import { log } from '../kernel/log.ts'
import { firstAdminAddress } from './admin-address.ts'
import { startProcess } from './process.ts'
import { run } from './run.ts'

await run(
  () => startProcess({ web: true, worker: false, migrateFirst: false }),
  () => {
    log.info({ url: config().publicUrl }, 'web is up')
    void firstAdminAddress().then(
      (address) => address && log.warn({ address }, 'open this address once, within an hour, to sign in at /admin'),
    )
  },
)
