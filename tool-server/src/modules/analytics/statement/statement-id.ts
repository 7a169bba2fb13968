// PURE: the id of a statement. It is made of what it tells, so that telling it again, by another worker or a year later, is the same
// statement. The Video Profile's session-id takes version 4 only, so the hash dresses as one.
import { createHash } from 'node:crypto'

/** `part`: which of an event's statements; `target`: the LRS where its actor is one of its own (a pseudonym), else ''. */
export function statementId(eventId: string, part: string, target = ''): string {
  const bytes = createHash('sha256').update(`${eventId}\n${part}\n${target}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
