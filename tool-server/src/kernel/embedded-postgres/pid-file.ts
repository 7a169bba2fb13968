// postmaster.pid: which process serves a data folder, and whether that is still true.
import * as fs from 'node:fs/promises'
import * as path from 'node:path'

/** postmaster.pid: line 1 the process, line 4 the port, line 8 "ready" once connections are taken. */
export async function readPidFile(folder: string): Promise<{ pid: number; port: number; ready: boolean; text: string } | undefined> {
  const text = await fs.readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const lines = text.split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready', text }
}

/** PostgreSQL refuses to start when the old pid now belongs to any process of the same user, so a stale file is taken away. */
export function removeStalePidFile(folder: string, stale: string): Promise<void> {
  return removeIfStill(path.join(folder, 'postmaster.pid'), stale)
}

/** In between, another process may have started the server: then the file is its own, and stays. */
export async function removeIfStill(file: string, stale: string): Promise<void> {
  const aside = `${file}.stale-${process.pid}`
  await fs.rename(file, aside).catch(() => undefined)
  const moved = await fs.readFile(aside, 'utf8').catch(() => undefined)
  if (moved !== undefined && moved !== stale) await fs.link(aside, file).catch(() => undefined)
  await fs.rm(aside, { force: true })
}

/** A pid is reused by strangers: PostgreSQL's own process works inside its data folder. */
export async function isOurs(pid: number, folder: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  return (await fs.readlink(`/proc/${pid}/cwd`).catch(() => '')) === folder
}

export function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
