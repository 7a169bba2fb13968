// A private folder per job below DATA_DIR/work: all that an encoder finds there is its own. What a killed process left is swept out.
import { link, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '../../../kernel/clock.ts'
import { config } from '../../../kernel/config.ts'
import { storage } from '../../../kernel/storage.ts'
import { files } from '../encode-arguments.ts'

const aliveMs = 15_000
const staleMs = 120_000
const lentMs = 900_000

const jobs = (): string => join(config().transcoding.workDir, 'jobs')
const lent = (): string => join(config().transcoding.workDir, 'lent')

/** Runs `work` in a folder that is gone afterwards. */
export async function inJobFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(jobs(), newId())
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const alive = setInterval(() => {
    const now = new Date()
    utimes(folder, now, now).catch(() => undefined)
  }, aliveMs)
  try {
    return await work(folder)
  } finally {
    clearInterval(alive)
    await rm(folder, { recursive: true, force: true })
  }
}

const fetching = new Map<string, Promise<void>>()

/** Puts the uploaded file into the folder as `source`. From S3 it is fetched once for all chunks that come soon. */
export async function lendSource(key: string, folder: string): Promise<void> {
  const to = join(folder, files.source)
  if (storage().kind === 'disk') return storage().lend(key, to)
  const kept = join(lent(), key.replaceAll('/', '_'))
  fetching.get(kept) ??
    fetching.set(
      kept,
      fetchKept(key, kept).finally(() => fetching.delete(kept)),
    )
  await fetching.get(kept)
  await link(kept, to).catch(() => storage().fetchTo(key, to))
}

async function fetchKept(key: string, kept: string): Promise<void> {
  const now = new Date()
  if (await stat(kept).catch(() => null)) return utimes(kept, now, now)
  await mkdir(lent(), { recursive: true, mode: 0o700 })
  const half = `${kept}.${newId()}`
  try {
    await storage().fetchTo(key, half)
    await rename(half, kept)
  } finally {
    await rm(half, { force: true })
  }
}

/** Removes folders of jobs that nobody keeps alive, and files that were not wanted for a while; answers with how many. */
export async function sweepWork(now = Date.now()): Promise<number> {
  let gone = 0
  for (const [root, after] of [
    [jobs(), staleMs],
    [lent(), lentMs],
  ] as const) {
    for (const name of await readdir(root).catch(() => [])) {
      const path = join(root, name)
      const found = await stat(path).catch(() => null)
      if (!found || now - found.mtimeMs < after) continue
      await rm(path, { recursive: true, force: true })
      gone++
    }
  }
  return gone
}
