// Time and ids come from here, so that a test can set them.
import { randomBytes, randomUUID } from 'node:crypto'

let read: () => number = Date.now

/** The server's clock. */
export function now(): Date {
  return new Date(read())
}

/** Milliseconds since the epoch on the server's clock. */
export function nowMs(): number {
  return read()
}

/** For tests: replaces the clock until called again without an argument. */
export function setClock(clock: () => number = Date.now): void {
  read = clock
}

/** A UUID version 4: xAPI's Video Profile accepts no other version for session ids. */
export function newId(): string {
  return randomUUID()
}

/** An unguessable token: 256 bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** What a person reads to support, e.g. `7KQ2-M9XT`: 8 letters without look-alikes. Also the id of the request in the log. */
export function newSupportCode(): string {
  const bytes = randomBytes(8)
  let code = ''
  for (let at = 0; at < 8; at++) code += (at === 4 ? '-' : '') + letters[(bytes[at] ?? 0) % letters.length]
  return code
}
