// Which worker processes there are and what they serve: a row per process that it keeps fresh, so that a listener which nobody
// serves is seen before somebody misses its work.
import { hostname } from 'node:os'
import { newId } from '../clock.ts'
import { queryAlone } from '../db.ts'
import { warnSeldom } from '../events/seldom.ts'

const beatMs = 5000
const goneSeconds = 20
const forgottenHours = 24

/** Whether one of the patterns of WORKER_LISTENS names it; `*` stands for any rest. */
export function serves(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name))
}

/** Says that this process works, until it is stopped. */
export async function announce(
  listens: readonly string[],
  warnings: () => Promise<readonly string[]>,
): Promise<{ stop: () => Promise<void> }> {
  const id = newId()
  const beat = async () => {
    await queryAlone(
      `insert into worker_processes (id, host, pid, listens, warnings) values ($1, $2, $3, $4, $5)
       on conflict (id) do update set seen_at = now(), warnings = excluded.warnings`,
      [id, hostname(), process.pid, listens, await warnings()],
      'presence.beat',
    )
  }
  await beat()
  await queryAlone('delete from worker_processes where seen_at < now() - make_interval(hours => $1)', [forgottenHours])
  const timer = setInterval(() => void beat().catch((error) => warnSeldom('this worker could not say that it works', error)), beatMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await queryAlone('delete from worker_processes where id = $1', [id])
    },
  }
}

export interface WorkerProcess {
  host: string
  pid: number
  listens: string[]
  startedAt: Date
  /** What keeps it from doing its work as it should. */
  warnings: string[]
}

/** Those that were heard of lately, the oldest first. */
export function workerProcesses(): Promise<WorkerProcess[]> {
  return queryAlone<WorkerProcess & { [column: string]: unknown }>(
    `select host, pid, listens, warnings, started_at as "startedAt" from worker_processes
     where seen_at > now() - make_interval(secs => $1) order by started_at`,
    [goneSeconds],
    'presence.workers',
  )
}

/** Of these names, what no process serves. */
export function unserved(names: readonly string[], workers: readonly Pick<WorkerProcess, 'listens'>[]): string[] {
  return names.filter((name) => !workers.some((it) => serves(it.listens, name)))
}
