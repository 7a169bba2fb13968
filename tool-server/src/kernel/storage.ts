// Files by key: on disk below DATA_DIR/files, or in an S3 bucket where S3_BUCKET is set. The same promises on both.
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { config } from './config.ts'
import { diskStorage } from './storage/disk.ts'
import { s3Storage } from './storage/s3.ts'

/** What is put: a file, some bytes, or a stream. */
export type Source = { file: string } | { bytes: Uint8Array } | Readable

export interface Storage {
  readonly kind: 'disk' | 's3'
  /** Whole or not at all: who reads meanwhile sees what was there before. Throws storage_full where there is no room. */
  put(key: string, source: Source, options: { contentType: string }): Promise<{ bytes: number }>
  /** null = there is nothing. */
  stat(key: string): Promise<{ bytes: number } | null>
  /** The bytes from `start` to `end`, both included; all of them without a range. Rejects with `missing` where there is nothing. */
  read(key: string, range?: { start: number; end: number }): Promise<Readable>
  /** Writes it to a file of this machine. */
  fetchTo(key: string, file: string): Promise<void>
  /** Nothing happens where there is nothing. */
  remove(key: string): Promise<void>
  /** Removes everything whose key begins with `prefix`, which ends with a slash. */
  removeAll(prefix: string): Promise<void>
  /** The keys that begin with `prefix`, in order. */
  list(prefix: string): Promise<string[]>
  /** An address that answers with the bytes for so many seconds, to whoever has it; null on disk. */
  signedUrl(key: string, seconds: number): Promise<string | null>
}

let opened: Storage | undefined

/** The storage of this configuration. */
export function storage(): Storage {
  const { s3, dataDir } = config()
  opened ??= s3 ? s3Storage(s3) : diskStorage(join(dataDir, 'files'))
  return opened
}

/** For tests and after a change of configuration. */
export function forgetStorage(): void {
  opened = undefined
}
