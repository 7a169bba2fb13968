// What every storage promises, whichever it is.
import type { Readable } from 'node:stream'

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
  /** As fetchTo, for who only reads it: on disk without a copy. */
  lend(key: string, file: string): Promise<void>
  /** Nothing happens where there is nothing. */
  remove(key: string): Promise<void>
  /** Removes everything whose key begins with `prefix`, which ends with a slash. */
  removeAll(prefix: string): Promise<void>
  /** The keys that begin with `prefix`, in order. */
  list(prefix: string): Promise<string[]>
  /** An address that answers with the bytes for so many seconds, to whoever has it; null on disk. */
  signedUrl(key: string, seconds: number): Promise<string | null>
  /** A file that is put in parts over hours, by several processes; null on disk, where a file may simply grow. */
  readonly parts: StorageParts | null
  /** A file that grows in place; null in S3. */
  readonly growing: GrowingFiles | null
}

/** Not yet a file of the storage until it has all its bytes: who reads it meanwhile sees what has come. */
export interface GrowingFiles {
  begin(key: string): Promise<void>
  /** Writes at `from`, which is the file's length, until the stream ends or breaks; what has come stays either way. */
  append(key: string, from: number, bytes: Readable): Promise<void>
  /** Free room in bytes. */
  free(): Promise<number>
}

/** Each part but the last has 5 MiB or more; the file is there once `end` was called. */
export interface StorageParts {
  begin(key: string, options: { contentType: string }): Promise<string>
  put(key: string, uploadId: string, number: number, bytes: Uint8Array): Promise<{ etag: string }>
  end(key: string, uploadId: string, etags: readonly string[]): Promise<void>
  /** Gives it up; nothing happens where it is over. */
  drop(key: string, uploadId: string): Promise<void>
}
