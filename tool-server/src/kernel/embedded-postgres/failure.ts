// How the embedded database says what went wrong.

/** One plain sentence about why the embedded database is not there. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError'
}

/** node-postgres and child processes sometimes reject with nothing to read: an AggregateError, an empty message, undefined. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && !error.message) return error.errors.map(wordsOf).join('; ')
  if (error instanceof Error) {
    const { code, stderr } = error as Error & { code?: unknown; stderr?: string }
    return stderr?.trim().split('\n').slice(-2).join(' ') || error.message || `${error.name} ${String(code ?? '')}`.trim()
  }
  return error === undefined ? 'it ended without a word' : String(error)
}
