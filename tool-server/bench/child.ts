// A contender as a process of its own, with the meter in it. Ended by its pid, whatever happens to the bench.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

export const home = fileURLToPath(new URL('../..', import.meta.url))

export interface Sql {
  /** Without BEGIN, COMMIT and ROLLBACK. */
  statements: number
  begins: number
  /** Statements outside BEGIN … COMMIT: transactions of their own. */
  alone: number
  texts: [string, number][]
}

export interface Child {
  origin: string
  /** CPU time of the process since its start, user and system, in microseconds. */
  cpu(): Promise<number>
  /** Counts SQL while `deed` runs. */
  countSql(deed: () => Promise<unknown>): Promise<Sql>
  stop(): Promise<void>
}

export interface ChildOptions {
  /** Below the repository. */
  script: string
  args?: readonly string[]
  /** The whole environment: nothing of the bench's own reaches a contender. */
  env: Record<string, string>
  typescript: boolean
  /** Where it answers HTTP; null = it does not (a worker). */
  port: number | null
  /** Node writes a CPU profile here when the process ends. */
  profileDir?: string | undefined
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts it and waits until it answers HTTP. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { script, args = [], env, typescript, port, profileDir } = options
  const profiler = profileDir ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`] : []
  const meter = new URL('meter.mjs', import.meta.url).href
  const execArgv = [...profiler, ...(typescript ? ['--import', 'tsx'] : []), '--import', meter]
  // Log lines go to /dev/null: written, as in production, but not kept.
  const child = fork(home + script, args, { cwd: home, env, execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  running.add(child)
  child.once('exit', () => running.delete(child))
  const origin = `http://127.0.0.1:${port}`
  if (port !== null) await answering(child, origin)
  return {
    origin,
    cpu: () => ask<number>(child, 'cpu'),
    async countSql(deed) {
      await ask(child, 'count')
      await deed()
      return ask<Sql>(child, 'counted')
    },
    stop: () => end(child),
  }
}

async function answering(child: ChildProcess, origin: string): Promise<void> {
  for (let tries = 0; tries < 2400; tries++) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${origin} ended at its start, see above`)
    const answer = await fetch(origin, { redirect: 'manual' }).catch(() => undefined)
    if (answer) return
    await new Promise((later) => setTimeout(later, 50))
  }
  await end(child)
  throw new Error(`${origin} did not answer within two minutes`)
}

async function ask<Answer>(child: ChildProcess, what: string): Promise<Answer> {
  const answered = new Promise<Answer>((resolve, reject) => {
    const ended = () => reject(new Error('a measured process ended too early'))
    const hear = (message: { ask?: string; answer?: Answer }) => {
      if (message.ask !== what) return
      child.off('message', hear).off('exit', ended)
      resolve(message.answer as Answer)
    }
    child.on('message', hear).once('exit', ended)
  })
  child.send({ ask: what })
  return answered
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await exited
  clearTimeout(late)
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
