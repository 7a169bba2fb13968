// What is remembered beside the data: the password, the folder, the port.
import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { createServer } from 'node:net'
import * as path from 'node:path'

interface Notes {
  folder?: string
  port?: number
}

export async function readNotes(dataDir: string): Promise<Notes> {
  return JSON.parse(await fs.readFile(path.join(dataDir, 'postgres.json'), 'utf8').catch(() => '{}')) as Notes
}

export async function writeNotes(dataDir: string, notes: Notes): Promise<void> {
  const file = path.join(dataDir, 'postgres.json')
  await fs.writeFile(`${file}.${process.pid}`, JSON.stringify({ ...(await readNotes(dataDir)), ...notes }))
  await fs.rename(`${file}.${process.pid}`, file)
}

/** Written whole or not at all, once: two first starts agree on one password. */
export async function keepPassword(file: string): Promise<string> {
  if (!(await exists(file))) {
    const fresh = `${file}.${process.pid}`
    await fs.writeFile(fresh, randomBytes(24).toString('base64url'), { mode: 0o600 })
    await fs.link(fresh, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    await fs.rm(fresh)
  }
  return (await fs.readFile(file, 'utf8')).trim()
}

export async function choosePort(dataDir: string, another: boolean): Promise<number> {
  const remembered = (await readNotes(dataDir)).port
  return (await freePort(another ? 0 : (remembered ?? 0))) ?? (await freePort(0)) ?? 0
}

export async function rememberPort(dataDir: string, port: number): Promise<void> {
  if ((await readNotes(dataDir)).port !== port) await writeNotes(dataDir, { port })
}

function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}

export function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  )
}
