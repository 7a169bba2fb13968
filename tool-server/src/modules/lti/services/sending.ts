// Scores of one LMS on their way, of all batches in hand: so many at once and no more, and none at all once the LMS asks for a pause or
// does not answer. Scores that were not tried wait with the others, as if they had not been taken.
import { nowMs } from '../../../kernel/clock.ts'
import { FetchError } from '../../../kernel/safe-fetch.ts'
import type { LedgerRow } from './score-ledger.ts'

export interface Pause {
  why: string
  afterSeconds?: number
}

/** So many calls in a row without any answer: the LMS is away, and each further one would cost its whole time-out. */
const silences = 3

/** Until when a registration's LMS has asked to be left alone, for the batches that come before. */
const pauses = new Map<string, Required<Pause> & { until: number }>()
const longestMs = 3_600_000

function pauseOf(registrationId: string): Pause | undefined {
  const asked = pauses.get(registrationId)
  const leftMs = asked ? asked.until - nowMs() : 0
  if (asked && leftMs > 0 && leftMs <= longestMs) return { why: asked.why, afterSeconds: leftMs / 1000 }
  pauses.delete(registrationId)
  return undefined
}

const underWay = new Map<string, Sending>()

/** `send` is given what all batches of this registration share, for as long as one of them lasts. */
export async function sendingTo<T>(registrationId: string, atOnce: number, send: (sending: Sending) => Promise<T>): Promise<T> {
  const sending = underWay.get(registrationId) ?? new Sending(registrationId, atOnce)
  underWay.set(registrationId, sending)
  sending.batches++
  try {
    return await send(sending)
  } finally {
    if (--sending.batches === 0) underWay.delete(registrationId)
  }
}

export class Sending {
  batches = 0
  pause: Pause | undefined
  private silent = 0
  private readonly registrationId: string
  private readonly atOnce: number
  private free: number
  private readonly waiting: (() => void)[] = []

  constructor(registrationId: string, atOnce: number) {
    this.registrationId = registrationId
    this.atOnce = atOnce
    this.free = atOnce
    this.pause = pauseOf(registrationId)
  }

  /** Calls `send` for each row of a batch, which gives way to the next batch as it comes to its end; the rest are answered with, untried. */
  async each(rows: readonly LedgerRow[], signal: AbortSignal, send: (row: LedgerRow) => Promise<void>): Promise<LedgerRow[]> {
    const left = rows.slice().reverse()
    const one = async (): Promise<void> => {
      if (this.free > 0) this.free--
      else await new Promise<void>((resolve) => this.waiting.push(resolve))
      try {
        for (;;) {
          if (this.pause || signal.aborted) return
          const row = left.pop()
          if (!row) return
          await send(row)
        }
      } finally {
        const next = this.waiting.shift()
        if (next) next()
        else this.free++
      }
    }
    await Promise.all(Array.from({ length: Math.min(this.atOnce, rows.length) }, one))
    return left
  }

  answered(): void {
    this.silent = 0
  }

  /** The LMS asked for a pause of all calls. */
  slowDown(why: string, afterSeconds: number | undefined): void {
    this.pause ??= { why, ...(afterSeconds === undefined ? {} : { afterSeconds }) }
    if (afterSeconds !== undefined) pauses.set(this.registrationId, { why, afterSeconds, until: nowMs() + afterSeconds * 1000 })
  }

  failed(error: unknown, why: string): void {
    if (error instanceof FetchError && (error.code === 'timeout' || error.code === 'unreachable')) this.silent++
    if (this.silent >= silences) this.pause ??= { why }
  }
}
