// PURE: what a key may look like, so that no key can point outside its storage.
import { AppError } from '../errors.ts'

const part = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/

/** The key, or an error: parts of letters, digits, `.`, `_` and `-`, none of which begins with a dot. */
export function checkedKey(key: string): string {
  if (key.length > 900 || !key.split('/').every((it) => part.test(it))) throw new Error('not a key of the storage')
  return key
}

/** A prefix is a key with a slash at its end: `a/1` must not take `a/10` with it. */
export function checkedPrefix(prefix: string): string {
  if (!prefix.endsWith('/')) throw new Error('a prefix ends with a slash')
  checkedKey(prefix.slice(0, -1))
  return prefix
}

/** Nothing lies under this key. */
export class MissingFile extends Error {
  override readonly name = 'MissingFile'
}

/** There is no room: the disk or the quota of its owner. Recovers by itself once there is. */
export function storageFull(cause: unknown): AppError {
  return new AppError(
    'storage_full',
    'There is no room left for files on this server. Nothing that is here already was harmed. Your administrator has to make room; then try again.',
    { reason: 'storage_full', cause },
  )
}

/** Says whether the system reported a full disk, at whatever depth. */
export function isFull(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: string; cause?: unknown }
  return code === 'ENOSPC' || code === 'EDQUOT' || (cause !== undefined && isFull(cause))
}
