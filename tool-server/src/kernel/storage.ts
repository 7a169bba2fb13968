// Files by key: on disk below DATA_DIR/files, or in an S3 bucket where S3_BUCKET is set. The same promises on both.
import { join } from 'node:path'
import { config, type S3Place } from './config.ts'
import { diskStorage } from './storage/disk.ts'
import type { Storage, StorageParts } from './storage/promises.ts'

export type { GrowingFiles, Storage, StorageParts } from './storage/promises.ts'

let opened: Storage | undefined

/** The storage of this configuration. */
export function storage(): Storage {
  const { s3, dataDir } = config()
  opened ??= s3 ? whenNeeded(s3) : diskStorage(join(dataDir, 'files'))
  return opened
}

/** Amazon's client is large: it is loaded with the first file, not with the process. */
function whenNeeded(place: S3Place): Storage {
  let loaded: Promise<Storage & { parts: StorageParts }> | undefined
  const it = () => (loaded ??= import('./storage/s3.ts').then(({ s3Storage }) => s3Storage(place)))
  const parts = async () => (await it()).parts
  return {
    kind: 's3',
    growing: null,
    put: async (...given) => (await it()).put(...given),
    stat: async (key) => (await it()).stat(key),
    read: async (...given) => (await it()).read(...given),
    fetchTo: async (...given) => (await it()).fetchTo(...given),
    remove: async (key) => (await it()).remove(key),
    removeAll: async (prefix) => (await it()).removeAll(prefix),
    list: async (prefix) => (await it()).list(prefix),
    lend: async (key, file) => (await it()).lend(key, file),
    signedUrl: async (...given) => (await it()).signedUrl(...given),
    parts: {
      begin: async (...given) => (await parts()).begin(...given),
      put: async (...given) => (await parts()).put(...given),
      end: async (...given) => (await parts()).end(...given),
      drop: async (...given) => (await parts()).drop(...given),
    },
  }
}

/** For tests and after a change of configuration. */
export function forgetStorage(): void {
  opened = undefined
}
