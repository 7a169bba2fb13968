import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EmbeddedError, startEmbedded } from '../src/kernel/embedded-postgres.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { freshDatabase } from './_database.ts'
import { postgresPid, removeData, spawnEmbedded, startEmbeddedProcess } from './_embedded.ts'
import { until } from './_events.ts'

const asRoot = process.getuid?.() === 0
let dataDir: string
beforeEach(async () => {
  dataDir = await realpath(await mkdtemp(join(tmpdir(), 'cuepoint embedded, ')))
  await chmod(dataDir, 0o755)
})
afterEach(() => removeData(dataDir))

/** Where the server sees who asks; null by a socket. */
async function visit(url: string): Promise<string | null | undefined> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ from: string | null }>('select inet_client_addr()::text as from')
  await client.end()
  return rows[0]?.from
}

test('it starts, keeps its data over a stop, and starts again on the same port, the second time without setting up anew', async () => {
  const first = await startEmbeddedProcess(dataDir)
  expect(await first.end('SIGTERM')).toBe(0)
  expect(await postgresPid(join(dataDir, 'postgres'))).toBeUndefined()
  const second = await startEmbeddedProcess(dataDir)
  console.log(`first start ${first.took} ms, second ${second.took} ms`)
  expect(second).toMatchObject({ visits: 2, url: first.url })
  // Setting up is what takes long; no absolute time, because the machine may be busy.
  expect(second.took).toBeLessThan(first.took)
  expect(await second.end('SIGTERM')).toBe(0)
})

test('it listens in its own folder and on loopback only, asks for a password that only its owner can read, and keeps fsync on', async () => {
  const { url, stop } = await startEmbedded({ dataDir })
  const folder = join(dataDir, 'postgres')
  expect(new URL(url).searchParams.get('host')).toBe(folder)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    "select name, setting from pg_settings where name in ('listen_addresses', 'unix_socket_directories', 'fsync') order by name",
  )
  expect(rows.map((row) => row.setting)).toEqual(['on', '127.0.0.1', `"${folder}"`])
  await client.end()
  for (const search of ['', `?host=${folder}`]) {
    const by = Object.assign(new URL(url), { search })
    await expect(visit(by.href)).resolves.toBe(search === '' ? '127.0.0.1/32' : null)
    by.password = 'guess'
    await expect(visit(by.href)).rejects.toThrow('password authentication failed')
  }
  expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600)
  expect((await readFile(join(dataDir, 'postgres-password'), 'utf8')).length).toBeGreaterThan(20)
  await stop()
})

test('after kill -9 of its process the server lives on, and the next start uses it', async () => {
  const first = await startEmbeddedProcess(dataDir)
  await first.end('SIGKILL')
  const second = await startEmbeddedProcess(dataDir)
  console.log(`joined the orphan in ${second.took} ms`)
  expect(second).toMatchObject({ visits: 2, since: first.since, url: first.url })
  expect(await second.end('SIGTERM')).toBe(0)
  expect(await postgresPid(join(dataDir, 'postgres'))).toBeUndefined()
})

test('two processes share one server, even when they start it at the same moment, and the last one stops it', async () => {
  const [web, worker] = await Promise.all([startEmbeddedProcess(dataDir), startEmbeddedProcess(dataDir)])
  expect(web.url).toBe(worker.url)
  expect(web.since).toBe(worker.since)
  await web.end('SIGTERM')
  const client = new pg.Client({ connectionString: worker.url })
  await client.connect()
  expect((await client.query('select count(*)::int as visits from visits')).rows).toEqual([{ visits: 2 }])
  await client.end()
  await worker.end('SIGTERM')
  expect(await postgresPid(join(dataDir, 'postgres'))).toBeUndefined()
})

test('after kill -9 of process and server it recovers, though the old pid belongs to somebody else now', async () => {
  const first = await startEmbeddedProcess(dataDir)
  const folder = join(dataDir, 'postgres')
  const file = join(folder, 'postmaster.pid')
  const text = await readFile(file, 'utf8')
  const pid = Number(text.split('\n')[0])
  process.kill(pid, 'SIGKILL')
  await first.end('SIGKILL')
  await sleep(200)
  // Another PostgreSQL of the same user: PostgreSQL itself refuses to start over such a file.
  const stranger = await freshDatabase()
  const client = new pg.Client({ connectionString: stranger.url })
  await client.connect()
  const other = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid
  await writeFile(file, text.replace(/^\d+/, String(other)))
  const lock = (await readdir(folder)).find((entry) => /^\.s\.PGSQL\.\d+\.lock$/.test(entry)) ?? ''
  await writeFile(join(folder, lock), (await readFile(join(folder, lock), 'utf8')).replace(/^\d+/, String(other)))
  const second = await startEmbeddedProcess(dataDir)
  expect(second.visits).toBe(2)
  await client.end()
  await stranger.drop()
  await second.end('SIGTERM')
})

test('where the path of its folder is too long for a socket, it is reached by loopback', async () => {
  const deep = join(dataDir, 'd'.repeat(100))
  const { url, stop } = await startEmbedded({ dataDir: deep })
  expect(new URL(url).search).toBe('')
  await expect(visit(url)).resolves.toBe('127.0.0.1/32')
  await stop()
})

test('a server that dies while it is used is brought back on the same address', async () => {
  const said: string[] = []
  const { url, stop } = await startEmbedded({ dataDir, log: (message) => said.push(message) })
  process.kill((await postgresPid(join(dataDir, 'postgres'))) ?? 0, 'SIGKILL')
  const answers = async () => {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    return client.connect().then(
      () => client.end().then(() => true),
      () => false,
    )
  }
  await until(async () => !(await answers()))
  const took = await until(answers, 20)
  console.log(`it answered again ${took.toFixed(0)} ms after kill -9 of the server`)
  await until(() => said.includes('the embedded PostgreSQL is back'), 5)
  await stop()
  expect(await postgresPid(join(dataDir, 'postgres'))).toBeUndefined()
})

test('a first start that is killed during initdb leaves nothing that hinders the next', async () => {
  const { child, exited } = spawnEmbedded(dataDir)
  await until(async () => (await readdir(dataDir)).some((entry) => entry.startsWith('postgres.new-')))
  await sleep(150)
  child.kill('SIGKILL')
  await exited
  const next = await startEmbeddedProcess(dataDir)
  expect(next.visits).toBe(1)
  await next.end('SIGTERM')
  await (await startEmbeddedProcess(dataDir)).end('SIGTERM')
  expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres-password', 'postgres.json', 'postgres.log'])
})

test('a half made data folder of other making is moved aside, not deleted', async () => {
  await mkdir(join(dataDir, 'postgres', 'base'), { recursive: true })
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '18\n')
  const { visits, end } = await startEmbeddedProcess(dataDir)
  expect(visits).toBe(1)
  await end('SIGTERM')
  const aside = (await readdir(dataDir)).find((entry) => entry.startsWith('postgres.unfinished-'))
  expect(await readdir(join(dataDir, aside ?? ''))).toEqual(['PG_VERSION', 'base'])
})

test('what cannot work ends in one plain sentence', async () => {
  const taken = new URL((await freshDatabase({ empty: true })).url)
  const port = Number(taken.port)
  await expect(startEmbedded({ dataDir, port })).rejects.toThrow(
    /^The embedded PostgreSQL in .* did not start: could not bind .* Address (already )?in use/,
  )
  await rm(join(dataDir, 'postgres'), { recursive: true })
  const { stop } = await startEmbedded({ dataDir })
  await stop()
  await writeFile(join(dataDir, 'postgres-password'), 'another')
  await expect(startEmbedded({ dataDir })).rejects.toThrow(/^The password in .* does not open the database in/)
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '17\n')
  await expect(startEmbedded({ dataDir })).rejects.toThrow(/was made by PostgreSQL 17, and this is postgres \(PostgreSQL\) 18/)
  await expect(startEmbedded({ dataDir: join(dataDir, 'postgres.json', 'below-a-file') })).rejects.toThrow(EmbeddedError)
})

test.runIf(asRoot)('as root below a 0700 folder, data and binaries go where the user postgres can reach them', async () => {
  const home = join(dataDir, 'private')
  const kernel = new URL('../src/kernel/', import.meta.url).pathname
  const modules = new URL('../../node_modules/', import.meta.url).pathname
  await mkdir(join(home, 'tool/src/kernel'), { recursive: true })
  await mkdir(join(home, 'tool/tests'))
  await mkdir(join(home, 'node_modules'))
  await writeFile(join(home, 'package.json'), '{ "type": "module" }')
  await cp(join(kernel, 'embedded-postgres.ts'), join(home, 'tool/src/kernel/embedded-postgres.ts'))
  await cp(join(kernel, 'embedded-postgres'), join(home, 'tool/src/kernel/embedded-postgres'), { recursive: true })
  await cp(new URL('_embedded-process.ts', import.meta.url), join(home, 'tool/tests/start.ts'))
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    await cp(join(modules, name), join(home, 'node_modules', name), { recursive: true, verbatimSymlinks: true })
  }
  for (const name of ['pg', 'async-exit-hook']) await symlink(join(modules, name), join(home, 'node_modules', name))
  await chmod(home, 0o700)
  const start = () => startEmbeddedProcess(join(home, 'data'), { script: join(home, 'tool/tests/start.ts') })
  const first = await start()
  const folder = JSON.parse(await readFile(join(home, 'data/postgres.json'), 'utf8')).folder as string
  try {
    expect(folder).toMatch(/^\/var\/lib\/cuepoint-[0-9a-f]{12}\/postgres$/)
    await first.end('SIGKILL')
    // The choice stays when the folder becomes open to all.
    await chmod(home, 0o755)
    const second = await start()
    console.log(`below a 0700 folder: first start ${first.took} ms, second ${second.took} ms`)
    expect(second).toMatchObject({ visits: 2, since: first.since })
    await second.end('SIGTERM')
  } finally {
    await removeData(join(folder, '..'), folder)
  }
})

test.runIf(asRoot)('an ordinary user needs nothing else', async () => {
  await chown(dataDir, 65534, 65534)
  await chmod(dataDir, 0o700)
  const first = await startEmbeddedProcess(dataDir, { uid: 65534 })
  expect((await stat(join(dataDir, 'postgres'))).uid).toBe(65534)
  expect(await first.end('SIGTERM')).toBe(0)
  const second = await startEmbeddedProcess(dataDir, { uid: 65534 })
  expect(second.visits).toBe(2)
  await second.end('SIGTERM')
})

test('ten processes may migrate at once: each migration is applied once', async () => {
  const { url, drop } = await freshDatabase({ empty: true })
  const applied = await Promise.all(Array.from({ length: 10 }, () => migrate(url)))
  expect(applied.filter((names) => names.length > 0).length).toBe(1)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('select name from migrations order by name')
  expect(rows.map((row) => row.name)).toEqual(applied.find((names) => names.length > 0))
  expect((await client.query('select max(version) > 0 as migrated from bullmq.migration')).rows).toEqual([{ migrated: true }])
  await client.end()
  await drop()
})
