// A file on disk that grows in place, as an upload brings it.
import { createWriteStream } from 'node:fs'
import { mkdir, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { checkedKey, isFull, storageFull } from './keys.ts'
import type { GrowingFiles } from './promises.ts'

export function growingFiles(root: string): GrowingFiles {
  const pathOf = (key: string): string => join(root, checkedKey(key))
  return {
    async begin(key) {
      try {
        await mkdir(dirname(pathOf(key)), { recursive: true })
        await writeFile(pathOf(key), '')
      } catch (error) {
        throw isFull(error) ? storageFull(error) : error
      }
    },
    async append(key, from, bytes) {
      try {
        await pipeline(bytes, createWriteStream(pathOf(key), { flags: 'r+', start: from }))
      } catch (error) {
        throw isFull(error) ? storageFull(error) : error
      }
    },
    async free() {
      await mkdir(root, { recursive: true })
      const { bavail, bsize } = await statfs(root)
      return bavail * bsize
    },
  }
}
