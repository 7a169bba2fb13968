// Ids inside a document: random, so that nothing about order or rightness can be read from them.
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Ten letters from the browser's own randomness: 50 bits, plenty for one document. */
export function localId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => LETTERS[byte % LETTERS.length]).join('')
}
