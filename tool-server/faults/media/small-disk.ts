// A disk of its own for DATA_DIR, which can be full and have room again: a file system in memory where the system lets us mount one (root
// on Linux). Where it does not, processes that were started with `env` get the error of a full disk from their writes instead.
import { execFile } from 'node:child_process'
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const roomy = '2g'

export interface SmallDisk {
  readonly is: 'mounted' | 'injected'
  /** For the processes that work on it. */
  readonly env: Record<string, string>
  /** So many bytes are left, about. */
  fill(left: number): Promise<void>
  makeRoom(): Promise<void>
  stop(): Promise<void>
}

export async function smallDisk(folder: string): Promise<SmallDisk> {
  await mkdir(folder, { recursive: true })
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${roomy},mode=700`, 'cuepoint-faults', folder])
  } catch {
    return injected(`${folder}.full`)
  }
  const resize = (size: string) => run('mount', ['-o', `remount,size=${size}`, folder])
  return {
    is: 'mounted',
    env: {},
    async fill(left) {
      // What is written meanwhile makes it fuller than the size that was just worked out: then once more.
      for (let tries = 0; ; tries++) {
        const { blocks, bfree, bsize } = await statfs(folder)
        try {
          await resize(`${Math.ceil(((blocks - bfree) * bsize + left) / 1024)}k`)
          return
        } catch (error) {
          if (tries === 20) throw error
        }
      }
    },
    makeRoom: async () => void (await resize(roomy)),
    stop: async () => void (await run('umount', ['-l', folder])),
  }
}

function injected(flag: string): SmallDisk {
  const preload = new URL('full-disk-injected.ts', import.meta.url)
  preload.searchParams.set('flag', flag)
  return {
    is: 'injected',
    env: { NODE_OPTIONS: `--import tsx --import ${preload.href}` },
    fill: () => writeFile(flag, ''),
    makeRoom: () => rm(flag, { force: true }),
    stop: () => rm(flag, { force: true }),
  }
}
