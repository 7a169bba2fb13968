// A batch of scores of one LMS on its way: so many at once and no more, and none at all once the LMS asks for a pause or does not
// answer. Scores that were not tried wait with the others, as if they had not been taken.
import { FetchError } from '../../../kernel/safe-fetch.ts'
import type { LedgerRow } from './score-ledger.ts'

export interface Pause {
  why: string
  afterSeconds?: number
}

/** So many calls in a row without any answer: the LMS is away, and each further one would cost its whole time-out. */
const silences = 3

export class ScoreBatch {
  pause: Pause | undefined
  private silent = 0
  private readonly atOnce: number
  private readonly signal: AbortSignal

  constructor(atOnce: number, signal: AbortSignal) {
    this.atOnce = atOnce
    this.signal = signal
  }

  /** Calls `send` for each row; the rest are answered with, untried. */
  async each(rows: readonly LedgerRow[], send: (row: LedgerRow) => Promise<void>): Promise<LedgerRow[]> {
    const left = rows.slice().reverse()
    const one = async (): Promise<void> => {
      for (;;) {
        if (this.pause || this.signal.aborted) return
        const row = left.pop()
        if (!row) return
        await send(row)
      }
    }
    await Promise.all(Array.from({ length: Math.min(this.atOnce, rows.length) }, one))
    return left
  }

  answered(): void {
    this.silent = 0
  }

  failed(error: unknown, why: string): void {
    if (error instanceof FetchError && (error.code === 'timeout' || error.code === 'unreachable')) this.silent++
    if (this.silent >= silences) this.pause ??= { why }
  }
}
