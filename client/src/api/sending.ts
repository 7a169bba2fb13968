// One request at a time: when the next is due, and how long to wait after one that failed.

export interface Sending {
  /** Sends at that time (ms), or once the running request is done and the pause after a failure is over. */
  at(when: number): void
  /** Sends at once, whatever failed before; resolves when that request is done, well or badly. */
  now(): Promise<void>
  stop(): void
}

/** Pauses after the first, second, … failure in a row, in ms; the last one repeats. */
const pauses = [1000, 2000, 4000, 8000, 15_000]

/** `run` sends what there is to send; when it throws, `again` says whether to try later. */
export function sending(run: () => Promise<void>, again: (error: unknown) => boolean): Sending {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let dueAt = Number.POSITIVE_INFINITY
  let notBefore = 0
  let failures = 0
  let stopped = false

  const arm = () => {
    clearTimeout(timer)
    if (stopped || running || dueAt === Number.POSITIVE_INFINITY) return
    timer = setTimeout(() => void go(), Math.max(dueAt, notBefore) - Date.now())
  }
  const go = (): Promise<void> => {
    clearTimeout(timer)
    dueAt = Number.POSITIVE_INFINITY
    running = attempt().finally(() => {
      running = null
      arm()
    })
    return running
  }
  const attempt = async () => {
    try {
      await run()
      failures = notBefore = 0
    } catch (error) {
      stopped = !again(error)
      const pause = pauses[Math.min(failures++, pauses.length - 1)] ?? 0
      // Not all at the same moment when a server comes back.
      notBefore = Date.now() + pause * (0.85 + Math.random() * 0.15)
      dueAt = Math.min(dueAt, notBefore)
    }
  }
  return {
    at(when) {
      dueAt = when
      arm()
    },
    async now() {
      if (running) await running
      if (!stopped && !running) await go()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
