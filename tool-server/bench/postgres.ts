// The PostgreSQL of both contenders: the product's own embedded one (fsync on, its default settings), a database each.
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../src/kernel/embedded-postgres.ts'

export interface Postgres {
  /** e.g. 18.4 */
  version: string
  /** Makes an empty database; answers with its address. */
  create(name: string): Promise<string>
  /** CPU seconds of all server processes so far; null where the system does not tell (not Linux). */
  cpuSeconds(): Promise<number | null>
  stop(): Promise<void>
}

/** Processes of Linux tell their CPU time in hundredths of a second (USER_HZ). */
const ticksPerSecond = 100

export async function startPostgres(): Promise<Postgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cuepoint-bench-'))
  // As root the server runs as the user postgres, who must be able to pass.
  await chmod(dataDir, 0o755)
  const embedded = await startEmbedded({ dataDir })
  const admin = new pg.Client({ connectionString: embedded.url })
  await admin.connect()
  const { rows } = await admin.query<{ version: string; pid: string; fsync: string }>(
    `select current_setting('server_version') version, current_setting('fsync') fsync, split_part(pg_read_file('postmaster.pid'), E'\\n', 1) pid`,
  )
  const [{ version, pid, fsync } = { version: '', pid: '', fsync: '' }] = rows
  if (fsync !== 'on') throw new Error('fsync is off: nothing that was measured would be durable')
  return {
    version,
    async create(name) {
      await admin.query(`create database ${pg.escapeIdentifier(name)}`)
      return Object.assign(new URL(embedded.url), { pathname: `/${name}` }).href
    },
    cpuSeconds: () => cpuSecondsOf(pid),
    async stop() {
      await admin.end()
      await embedded.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The server and its children; of children that have ended the server keeps the sum. */
async function cpuSecondsOf(serverPid: string): Promise<number | null> {
  const processes = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const stats = await Promise.all(processes.map((it) => readFile(`/proc/${it}/stat`, 'utf8').catch(() => '')))
  let ticks = 0
  let found = false
  for (const stat of stats) {
    // After the name in brackets: state, parent, …, user and system time at 12 and 13, those of waited-for children at 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const itself = stat.startsWith(`${serverPid} `)
    if (!itself && fields[1] !== serverPid) continue
    found = true
    ticks += fields.slice(11, itself ? 15 : 13).reduce((sum, field) => sum + Number(field), 0)
  }
  return found ? ticks / ticksPerSecond : null
}
