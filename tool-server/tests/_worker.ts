// Worker processes that a test may kill.
import { spawn } from 'node:child_process'
import { queryAlone } from '../src/kernel/db.ts'

export interface WorkerTask {
  databaseUrl: string
  redisUrl?: string | undefined
  prefix?: string | undefined
  /** How long each row is in work. */
  holdMs: number
  /** Runs a schedule that notes each tick. */
  everySeconds?: number
}

export interface WorkerProcess {
  pid: number
  /** Everything it has printed. */
  output(): string
  /** Resolves with the exit code, or the name of the signal. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string | null>
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void
}

const running = new Set<WorkerProcess>()

/** Resolves when it works. */
export async function startWorkerProcess(task: WorkerTask): Promise<WorkerProcess> {
  const script = new URL('_worker-process.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const exited = new Promise<number | string | null>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)))
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('ready\n')) resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void exited.then(() => reject(new Error(`the worker ended: ${output}`)))
  })
  const worker: WorkerProcess = {
    pid: child.pid ?? 0,
    output: () => output,
    signal: (signal) => child.kill(signal),
    end: async (signal) => {
      running.delete(worker)
      child.kill(signal)
      return exited
    },
  }
  running.add(worker)
  return worker
}

export async function killWorkers(): Promise<void> {
  for (const worker of [...running]) await worker.end('SIGKILL')
}

export interface Ran {
  what: 'begins' | 'ends' | 'ticks'
  revision: number
  pid: number
  at: Date
}

export async function makeRanTable(): Promise<void> {
  await queryAlone(
    'create table ran (id bigint generated always as identity, what text, revision int, pid int, at timestamptz default clock_timestamp())',
  )
}

export function ran(what: Ran['what']): Promise<Ran[]> {
  return queryAlone<Ran & { [column: string]: unknown }>('select what, revision, pid, at from ran where what = $1 order by id', [what])
}
