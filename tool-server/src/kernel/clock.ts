// Time and ids come from here, so that a test can set them.
import { randomFillSync, randomUUID } from 'node:crypto'

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

const pool = Buffer.alloc(4096)
let used = pool.length

/** Random bytes, drawn from the system many at a time (a call of its own for each costs more than the bytes); nothing handed out stays here. */
function randomBytes(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = Buffer.from(pool.subarray(used, used + count))
  pool.fill(0, used, used + count)
  used += count
  return bytes
}

/** An unguessable token, base64url; 256 bits where nothing else is said. */
export function newToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url')
}

const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** What a person reads to support, e.g. `7KQ2-M9XT`: 8 letters without look-alikes. Also the id of the request in the log. */
export function newSupportCode(): string {
  const bytes = randomBytes(8)
  let code = ''
  for (let at = 0; at < 8; at++) code += (at === 4 ? '-' : '') + letters[(bytes[at] ?? 0) % letters.length]
  return code
}
