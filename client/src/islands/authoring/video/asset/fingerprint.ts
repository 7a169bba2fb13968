// By what a file is known again after a reload or on another device: its size, name and first bytes. No storage of the browser is needed:
// the server keeps it with the upload.
import type { Asset } from '@cuepoint/contracts'

const LOOKED_AT = 256 * 1024

/** null where the browser cannot work it out (a page that is not secure): then name and size have to do. */
export async function fingerprintOf(file: File): Promise<string | null> {
  try {
    const head = await file.slice(0, LOOKED_AT).arrayBuffer()
    const said = new TextEncoder().encode(`${file.size} ${file.name} `)
    const all = new Uint8Array(said.length + head.byteLength)
    all.set(said)
    all.set(new Uint8Array(head), said.length)
    const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', all))
    return [...sum.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  } catch {
    return null
  }
}

/** Is it the file that this upload was begun with? */
export function isFileOf({ bytes, upload }: Pick<Asset, 'bytes' | 'upload'>, file: File, fingerprint: string | null): boolean {
  if (file.size !== bytes) return false
  // The name may have been cleaned on the way: without a fingerprint the size has to do.
  return !upload?.fingerprint || fingerprint === null || upload.fingerprint === fingerprint
}
