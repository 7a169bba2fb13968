// How much of the processors an encoder gets beside everything else on the machine.
import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** soon: somebody waits for it, and it is short; whenever: it may take what others leave; last: also what those leave. */
export type Priority = 'soon' | 'whenever' | 'last'

/** Beside other processes of its session; and, a little less humble, that of its session beside others: there may be many of them. */
export const niceness: Readonly<Record<Priority, number>> = { soon: 10, whenever: 19, last: 19 }
const groupNiceness: Readonly<Record<Priority, number>> = { soon: 4, whenever: 8, last: 19 }

const betweenMs = 120

/**
 * Linux shares processors between sessions first (autogroup), and an encoder begins one of its own, so that it can be ended with its
 * children: its `nice` alone would weigh nothing against the web process. Where there are no such groups, it does.
 */
export async function lowerGroup(pid: number, priority: Priority): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    try {
      return await writeFile(`/proc/${pid}/autogroup`, String(groupNiceness[priority]))
    } catch (error) {
      // Who is not root may do so ten times a second, all processes together.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
      await sleep(betweenMs, undefined, { ref: false })
    }
  }
}
