// Chance that can be had again: everything random in a run comes from its seed, so that a violation can be played once more.
import { createHash } from 'node:crypto'

export class Chance {
  private state: number

  constructor(seed: string) {
    this.state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  }

  /** At least 0, less than 1. */
  fraction(): number {
    // mulberry32
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1))
  }

  /** True so often out of one. */
  isTrue(share = 0.5): boolean {
    return this.fraction() < share
  }

  one<T>(of: readonly T[]): T {
    return of[this.whole(0, of.length - 1)] as T
  }

  shuffled<T>(all: readonly T[]): T[] {
    const mixed = [...all]
    for (let at = mixed.length - 1; at > 0; at--) {
      const other = this.whole(0, at)
      ;[mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T]
    }
    return mixed
  }

  /** So many of them, in no order; all where there are fewer. */
  some<T>(of: readonly T[], count: number): T[] {
    return this.shuffled(of).slice(0, count)
  }
}
