// A worker as a process of its own, to be killed at a moment that a row chooses.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface WorkerTask {
  /** How far its clock is moved on. */
  movedMs: number
  /** Its whole configuration. */
  env: Record<string, string>
  /** What it serves. */
  listeners: readonly string[]
}

/** Resolves when it is up; it works from the first line on that it is given. */
export async function startKilledWorker(task: WorkerTask): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('worker-process.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(task)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit').then(() => {
    throw new Error('the worker ended before it was up')
  })
  await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended])
  ended.catch(() => undefined)
  return child
}
