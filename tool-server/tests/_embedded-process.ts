// A process with an embedded database, for tests that kill it: prints the address, and stops it on SIGTERM.
import pg from 'pg'
import { startEmbedded } from '../src/kernel/embedded-postgres.ts'

const start = performance.now()
const { url, stop } = await startEmbedded({ dataDir: process.argv[2] ?? '', log: (message) => process.stdout.write(`log ${message}\n`) })
const alive = setInterval(() => undefined, 1000)
process.on('SIGTERM', async () => {
  await stop()
  clearInterval(alive)
})
const took = Math.round(performance.now() - start)
const client = new pg.Client({ connectionString: url })
await client.connect()
// "if not exists" alone does not serve two at the same moment.
await client.query('select pg_advisory_lock(1)')
await client.query('create table if not exists visits (at timestamptz default now())')
await client.query('insert into visits default values')
const { rows } = await client.query('select count(*)::int as visits, (select pg_postmaster_start_time()) as since from visits')
await client.end()
process.stdout.write(`${JSON.stringify({ url, took, visits: rows[0].visits, since: rows[0].since })}\n`)
