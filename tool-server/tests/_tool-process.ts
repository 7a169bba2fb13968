// The product's own processes, started as an operator starts them: for tests that kill them, or read all that they print.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface ToolProcess {
  pid: number
  /** Everything printed so far, both streams. */
  output(): string
  /** Resolves when it has ended, however often it is asked. */
  end(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const running = new Set<ToolProcess>()

/** Starts `npm run start:web` or `start:worker`; resolves when it is up. The environment names at least database and master key. */
export async function startTool(part: 'web' | 'worker', env: Record<string, string>): Promise<ToolProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', `tool-server/src/app/${part}.ts`], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'test', ALLOW_LOOPBACK: 'true', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const tool: ToolProcess = {
    pid: child.pid ?? 0,
    output: () => output,
    end: (signal = 'SIGKILL') => {
      running.delete(tool)
      child.kill(signal)
      return exited
    },
  }
  running.add(tool)
  await isUp(child, exited, (chunk) => {
    output += chunk
    return output.includes(`"${part} is up"`)
  })
  return tool
}

/** Ends those that a test left running. */
export async function endTools(): Promise<void> {
  await Promise.all([...running].map((tool) => tool.end('SIGTERM')))
}

async function isUp(child: ChildProcess, exited: Promise<void>, read: (chunk: string) => boolean): Promise<void> {
  let last = ''
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      last = chunk.toString()
      if (read(last)) resolve()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    void exited.then(() => reject(new Error(`it ended before it was up: ${last}`)))
  })
}
