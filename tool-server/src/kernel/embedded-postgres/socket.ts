// The server's socket lies in its data folder, which only its owner may enter.
import * as fs from 'node:fs/promises'
import * as path from 'node:path'
import { isOurs, removeIfStill } from './pid-file.ts'

/** A socket's path is at most 103 bytes on every system (macOS; Linux has 107). */
const mostBytes = 103
const nameOf = (port: number | string) => `.s.PGSQL.${port}`

/** Node has no such sockets on Windows. */
export function socketFits(folder: string): boolean {
  return process.platform !== 'win32' && Buffer.byteLength(path.join(folder, nameOf('65535'))) <= mostBytes
}

/** As with postmaster.pid: a lock that a killed server left behind, whose pid somebody else has now, would hold up the next one. */
export async function removeStaleSocketLock(folder: string, port: number): Promise<void> {
  const file = path.join(folder, `${nameOf(port)}.lock`)
  const text = await fs.readFile(file, 'utf8').catch(() => undefined)
  if (text !== undefined && !(await isOurs(Number(text.split('\n')[0]), folder))) await removeIfStill(file, text)
}
