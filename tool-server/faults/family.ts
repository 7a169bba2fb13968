// A family of faults: rows that share a stage (servers, a database, people). One file per family, named in main.ts.
import type { Chance } from './chance.ts'

export interface Row {
  /** kebab-case; `--row` takes it. */
  name: string
  /** What is done to the system. */
  does: string
  /** What must be true afterwards whatever was done: an invariant (I1 to I6, docs/operations.md) and more. */
  holds: string
  /**
   * One run: does it at moments that `chance` says, waits until all has settled, compares. Answers with what was violated, in words. `run` is
   * its number: for what must come in the few runs of the suite, too, and not by chance alone.
   */
  play(chance: Chance, run: number): Promise<readonly string[]>
}

/** What is asked for by hand. */
export interface StageSize {
  learners?: number
}

export interface Family {
  name: string
  /** Starts what the rows need. Time and time-outs are the stage's own, so that a run takes milliseconds and not hours. */
  open(size: StageSize): Promise<{ rows: readonly Row[]; close(): Promise<void> }>
}
