// Keeps a view up to date by asking again: every 5 s while it is seen, rarely while hidden, ever more rarely while nobody answers.
export interface RefresherPorts<T> {
  ask(): Promise<T>
  tell(fresh: T): void
  /** It did not come; `lasting`: asking again cannot help, so nobody asks again. */
  fail(error: unknown): void
  lasting(error: unknown): boolean
  later(ms: number, run: () => void): () => void
}

const SEEN_MS = 5_000
const HIDDEN_MS = 60_000
const LONGEST_MS = 60_000

export class Refresher<T> {
  #ports: RefresherPorts<T>
  #cancel = () => {}
  #failures = 0
  #seen = true
  #closed = false
  #asking: Promise<void> | null = null

  constructor(ports: RefresherPorts<T>) {
    this.#ports = ports
  }

  start(seen: boolean): void {
    this.#closed = false
    this.#seen = seen
    this.#plan()
  }

  /** Back in sight after a while out of it: at once, then as usual. */
  show(seen: boolean): void {
    if (seen === this.#seen) return
    this.#seen = seen
    if (seen) void this.refresh()
    else this.#plan()
  }

  /** Now; a second call while one is under way waits for that one. */
  refresh(): Promise<void> {
    this.#cancel()
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  close(): void {
    this.#closed = true
    this.#cancel()
  }

  async #ask(): Promise<void> {
    try {
      const fresh = await this.#ports.ask()
      if (this.#closed) return
      this.#failures = 0
      this.#ports.tell(fresh)
    } catch (error) {
      if (this.#closed) return
      this.#failures += 1
      this.#ports.fail(error)
      if (this.#ports.lasting(error)) return
    }
    this.#plan()
  }

  #plan(): void {
    this.#cancel()
    const pause = Math.min((this.#seen ? SEEN_MS : HIDDEN_MS) * 2 ** this.#failures, LONGEST_MS)
    this.#cancel = this.#ports.later(pause, () => void this.refresh())
  }
}
