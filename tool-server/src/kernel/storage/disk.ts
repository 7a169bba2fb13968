// Storage on disk: a file per key. Written beside its place and renamed into it, so that half a file is never seen.
import { constants, createWriteStream } from 'node:fs'
import { copyFile, link, mkdir, open, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { newId } from '../clock.ts'
import { growingFiles } from './disk-growing.ts'
import { checkedKey, checkedPrefix, isFull, MissingFile, storageFull } from './keys.ts'
import type { Source, Storage } from './promises.ts'

/** Keeps files below `root`. */
export function diskStorage(root: string): Storage {
  const pathOf = (key: string): string => join(root, checkedKey(key))
  // On the same file system, or the rename would be a copy. No key begins with a dot.
  const half = join(root, '.half')
  const fetchTo = async (key: string, file: string): Promise<void> => {
    try {
      await copyFile(pathOf(key), file, constants.COPYFILE_FICLONE)
    } catch (error) {
      if (isFull(error)) throw storageFull(error)
      throw absent(error as NodeJS.ErrnoException) === null ? new MissingFile(key) : error
    }
  }

  return {
    kind: 'disk',
    async put(key, source) {
      const path = pathOf(key)
      const beside = join(half, newId())
      try {
        await mkdir(half, { recursive: true })
        await write(beside, source)
        const { size } = await stat(beside)
        await mkdir(dirname(path), { recursive: true })
        await rename(beside, path)
        return { bytes: size }
      } catch (error) {
        await rm(beside, { force: true })
        throw isFull(error) ? storageFull(error) : error
      }
    },
    async stat(key) {
      const found = await stat(pathOf(key)).catch(absent)
      return found?.isFile() ? { bytes: found.size } : null
    },
    async read(key, range) {
      const handle = await open(pathOf(key), 'r').catch(absent)
      if (!handle) throw new MissingFile(key)
      return handle.createReadStream(range ? { start: range.start, end: range.end } : {})
    },
    fetchTo,
    async lend(key, file) {
      // Another file system, or one without hard links: then it is copied.
      await link(pathOf(key), file).catch(() => fetchTo(key, file))
    },
    async remove(key) {
      await rm(pathOf(key), { force: true })
      await dropEmpty(dirname(pathOf(key)), root)
    },
    async removeAll(prefix) {
      const folder = join(root, checkedPrefix(prefix))
      await rm(folder, { recursive: true, force: true })
      await dropEmpty(dirname(folder), root)
    },
    async list(prefix) {
      const folder = join(root, checkedPrefix(prefix))
      const entries = (await readdir(folder, { recursive: true, withFileTypes: true }).catch(absent)) ?? []
      return entries
        .filter((it) => it.isFile())
        .map((it) => relative(root, join(it.parentPath, it.name)))
        .sort()
    },
    signedUrl: async () => null,
    parts: null,
    growing: growingFiles(root),
  }
}

async function write(path: string, source: Source): Promise<void> {
  if (source instanceof Readable) await pipeline(source, createWriteStream(path, { flags: 'wx' }))
  else if ('file' in source) await copyFile(source.file, path, constants.COPYFILE_FICLONE)
  else await writeFile(path, source.bytes, { flag: 'wx' })
}

/** null where there is nothing; what else went wrong is thrown on. */
function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
  throw error
}

/** Takes folders away that have become empty, up to the root. */
async function dropEmpty(folder: string, root: string): Promise<void> {
  for (let at = folder; at.startsWith(`${root}/`); at = dirname(at)) {
    try {
      await rmdir(at)
    } catch {
      return
    }
  }
}
