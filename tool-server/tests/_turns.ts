// How long the event loop was held up: by the processor's time of this thread, turn by turn, so that a machine that is busy with something
// else does not count.
import { existsSync, readFileSync } from 'node:fs'

/** Linux tells it of one thread, and Node runs JavaScript in the first; elsewhere all threads of the process count. */
const own = `/proc/self/task/${process.pid}/schedstat`
const isLinux = existsSync(own)

/** Milliseconds that this thread has had a processor. */
export function busyMs(): number {
  if (isLinux) return Number(readFileSync(own, 'utf8').split(' ')[0]) / 1e6
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Does it, and answers with the longest single turn of the event loop meanwhile, in milliseconds of a processor. */
export async function longestTurnOf(deed: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let before = busyMs()
  let over = false
  const turn = (): void => {
    const now = busyMs()
    longest = Math.max(longest, now - before)
    before = now
    if (!over) setTimeout(turn, 1)
  }
  turn()
  try {
    await deed()
  } finally {
    over = true
    turn()
  }
  return longest
}
