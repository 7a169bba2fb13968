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
    // For the person at the terminal only: what goes to a log may not open a door.
    if (process.stderr.isTTY)
      void firstAdminAddress().then(
        (address) => address && process.stderr.write(`\nOpen this address once, within an hour, to sign in:\n  ${address}\n\n`),
      )
  },
)
