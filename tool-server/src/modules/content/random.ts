// PURE: a seeded generator and a shuffle. The same seed gives the same order in every view of one attempt.

/** Numbers in [0, 1), all of them settled by a UUID seed and a salt (sfc32: 128 bits of state, a few ns per number). */
export function randomFrom(seed: string, salt: string): () => number {
  const hex = seed.replaceAll('-', '')
  let a = word(hex, 0)
  let b = word(hex, 8)
  let c = word(hex, 16) ^ fnv(salt)
  let counter = word(hex, 24)
  const next = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let round = 0; round < 12; round++) next()
  return next
}

/** A shuffled copy (Fisher-Yates). */
export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const order = [...list]
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[order[at], order[other]] = [order[other] as T, order[at] as T]
  }
  return order
}

function word(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at, at + 8), 16) | 0
}

function fnv(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}
