// Brings the database to the shape of this release. Run it once before web and worker of a new release.
import { config, loadConfig } from '../kernel/config.ts'
import { startEmbedded } from '../kernel/embedded-postgres.ts'
import { migrate } from '../kernel/migrations.ts'
import { sentenceOf } from './run.ts'

try {
  loadConfig()
  const embedded = config().databaseUrl ? undefined : await startEmbedded({ dataDir: config().dataDir })
  const done = await migrate(config().databaseUrl ?? embedded?.url ?? '')
  await embedded?.stop()
  process.stdout.write(done.length > 0 ? `Migrated: ${done.join(', ')}\n` : 'The database is up to date.\n')
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exitCode = 1
}
