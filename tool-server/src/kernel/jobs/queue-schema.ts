// BullMQ's own tables, in a schema of their own: made in the migration step, only looked at everywhere else.
import { assertSchemaCompatibility, runMigrations } from 'bullmq'
import type pg from 'pg'

export const queueSchema = 'bullmq'

/** Brings BullMQ's tables up to date; `client` is one session, not in a transaction. */
export async function migrateQueues(client: pg.Client): Promise<void> {
  await runMigrations(client, queueSchema)
}

/** Throws one plain sentence when they are missing: a worker on an unmigrated schema would spin. */
export async function assertQueuesMigrated(client: pg.Client): Promise<void> {
  try {
    await assertSchemaCompatibility(client, queueSchema)
  } catch (error) {
    if ((error as Error).name !== 'SchemaMigrationRequiredError') throw error
    throw new Error('The database has no queue tables yet: run `npm run migrate` first.', { cause: error })
  }
}
