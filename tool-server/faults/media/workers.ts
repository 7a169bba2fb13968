// Worker processes of the product that serve media alone, and the encoders that they have started.
import { readdir, readlink } from 'node:fs/promises'
import { startTool, type ToolProcess } from '../../tests/_tool-process.ts'

export class MediaWorkers {
  private readonly env: Record<string, string>
  private running: ToolProcess[] = []

  constructor(env: Record<string, string>) {
    this.env = { ...env, WORKER_LISTENS: 'media.*', LOG_LEVEL: 'info' }
  }

  /** Starts as many as are missing. */
  async have(count: number): Promise<void> {
    while (this.running.length < count) this.running.push(await startTool('worker', this.env))
  }

  pids(): number[] {
    return this.running.map((it) => it.pid)
  }

  async kill(pid: number): Promise<void> {
    const [found] = this.running.filter((it) => it.pid === pid)
    this.running = this.running.filter((it) => it !== found)
    await found?.end('SIGKILL')
  }

  async end(): Promise<void> {
    await Promise.all(this.running.splice(0).map((it) => it.end('SIGTERM')))
  }
}

/** Encoders that work below this folder: each has its job's folder as its own. */
export async function encodersBelow(folder: string): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const cwd = await readlink(`/proc/${name}/cwd`).catch(() => '')
    if (cwd.startsWith(`${folder}/`)) found.push(Number(name))
  }
  return found
}
