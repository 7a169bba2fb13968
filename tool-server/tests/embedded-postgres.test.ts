import { expect, test } from 'vitest'
import pg from 'pg'
import { freshDatabase } from './_database.ts'

test('a fresh database has the migrated tables', async () => {
  const db = await freshDatabase()
  const c = new pg.Client({ connectionString: db.url })
  await c.connect()
  const { rows } = await c.query("select count(*)::int n from pg_tables where schemaname in ('public','bullmq')")
  console.log(rows)
  await c.end()
  await db.drop()
  expect(rows[0].n).toBeGreaterThan(5)
})
