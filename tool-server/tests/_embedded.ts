// Processes with an embedded database, in folders of their own.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface EmbeddedProcess {
  child: ChildProcess
  /** What it said once the database answered. */
  url: string
  took: number
  visits: number
  since: string
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string | null>
}

const script = new URL('_embedded-process.ts', import.meta.url).pathname

/** Rejects with what it printed when it ends first. */
export async function startEmbeddedProcess(dataDir: string, how: { uid?: number; script?: string } = {}): Promise<EmbeddedProcess> {
  const { child, exited, said } = spawnEmbedded(dataDir, how)
  const line = await said
  return {
    child,
    ...(JSON.parse(line) as Pick<EmbeddedProcess, 'url' | 'took' | 'visits' | 'since'>),
    end: (signal) => {
      child.kill(signal)
      return exited
    },
  }
}

export function spawnEmbedded(dataDir: string, how: { uid?: number; script?: string } = {}) {
  const as = how.uid === undefined ? {} : { uid: how.uid, gid: how.uid, env: { PATH: process.env.PATH, HOME: dataDir, TMPDIR: dataDir } }
  const cwd = new URL('..', import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', how.script ?? script, dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
    ...as,
  })
  const exited = new Promise<number | string | null>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)))
  const said = new Promise<string>((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const line = output.split('\n').find((text) => text.startsWith('{'))
      if (line?.endsWith('}')) resolve(line)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    void exited.then(() => reject(new Error(`it ended: ${output}`)))
  })
  said.catch(() => undefined)
  return { child, exited, said }
}

/** Ends what serves the folder, by the pid in it, and deletes it. */
export async function removeData(dataDir: string, folder = join(dataDir, 'postgres')): Promise<void> {
  const pid = await postgresPid(folder)
  if (pid) {
    try {
      process.kill(pid, 'SIGQUIT')
    } catch {
      // It had ended.
    }
    for (let waited = 0; waited < 5000 && (await postgresPid(folder)); waited += 50) await sleep(50)
  }
  await rm(dataDir, { recursive: true, force: true })
}

export async function postgresPid(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : Number(text.split('\n')[0])
}
