// What was really played, exactly: stretches with their speed, from the video's own clock. Knows no network and no element.

export interface PlayedStretch {
  readonly from: number
  readonly to: number
  readonly speed: number
}

/** Shorter ones are rounding, in seconds. */
const LEAST = 0.02

export class Played {
  #done: PlayedStretch[] = []
  #from: number | null = null
  #to = 0
  #speed = 1

  get running(): boolean {
    return this.#from !== null
  }

  /** Playing begins, or goes on at another speed. */
  start(at: number, speed: number): void {
    this.stop(at)
    this.#from = this.#to = at
    this.#speed = speed
  }

  /** The clock stands at `at`, reached by playing. */
  reach(at: number): void {
    if (this.#from !== null && at > this.#to) this.#to = at
  }

  /** Playing ends at `at`; null where the clock has jumped already (a seek): then it ends where it was last seen. */
  stop(at: number | null): void {
    if (this.#from === null) return
    if (at !== null) this.reach(at)
    this.#close()
    this.#from = null
  }

  /** What was played since the last call; playing goes on. */
  take(): PlayedStretch[] {
    if (this.#from !== null) {
      this.#close()
      this.#from = this.#to
    }
    const taken = this.#done
    this.#done = []
    return taken
  }

  #close(): void {
    const from = this.#from ?? 0
    if (this.#to - from >= LEAST) this.#done.push({ from: rounded(from), to: rounded(this.#to), speed: this.#speed })
  }
}

const rounded = (seconds: number) => Math.round(seconds * 1000) / 1000
