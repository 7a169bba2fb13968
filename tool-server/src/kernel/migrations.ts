// Brings a database to the shape that this release needs. Any number of processes may start at once: one does it, the others wait.
import { readdir } from 'node:fs/promises'
import pg from 'pg'
import { Umzug } from 'umzug'
import type { Tx } from './db.ts'
import { migrateQueues } from './jobs/queue-schema.ts'

interface Migration {
  name: string
  up(tx: Tx): Promise<void>
}

const folder = new URL('../../migrations/', import.meta.url)
/** Session lock; the number spells "cuem". */
const migrationLock = 0x6375656d

/** Applies what is missing and answers with its names. */
export async function migrate(url: string, log: (message: string) => void = () => undefined): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'cuepoint migrate' })
  // The query that is under way tells of a lost connection; without a listener 'error' would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await client.query('create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())')
    const applied = await umzugOver(client, await readMigrations(), log).up()
    await migrateQueues(client)
    return applied.map((migration) => migration.name)
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function readMigrations(): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}-.*\.ts$/.test(file)).sort()
  return Promise.all(files.map((file) => import(new URL(file, folder).href) as Promise<Migration>))
}

function umzugOver(client: pg.Client, migrations: readonly Migration[], log: (message: string) => void) {
  return new Umzug({
    context: client,
    logger: undefined,
    migrations: migrations.map((migration) => ({
      name: migration.name,
      up: async () => {
        log(`migrating: ${migration.name}`)
        await inTransaction(client, async () => {
          // All that query() reads of a Tx is its connection.
          await migration.up({ connection: client } as unknown as Tx)
          await client.query('insert into migrations (name) values ($1)', [migration.name])
        })
      },
    })),
    storage: {
      executed: async () => (await client.query<{ name: string }>('select name from migrations')).rows.map((row) => row.name),
      // Recorded above, in the migration's own transaction.
      logMigration: async () => undefined,
      unlogMigration: async () => undefined,
    },
  })
}

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin')
  try {
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}
