// The real product as `npm start` runs it: a process of its own with the tool, its worker, its database and the simulated LMS,
// on fresh ports and a data folder of its own. It can be killed in the middle of things and started again.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'

export const home = join(dirname(fileURLToPath(import.meta.url)), '../..')

export interface Lms {
  origin: string
  profile: 'moodle' | 'canvas' | 'brightspace'
}

/** What an administrator of the tool types. */
type Registration = Record<'name' | 'issuer' | 'clientId' | 'authUrl' | 'tokenUrl' | 'jwksUrl' | 'lms', string> & {
  deployments: string[]
  origins?: string[]
}

export interface School {
  /** Origin of the tool. */
  tool: string
  lms: Lms
  /** A second LMS, of Canvas's sort, registered by the command line; started when first asked for. */
  canvas(): Promise<Lms>
  /** SIGKILL: no goodbye, nothing flushed. */
  kill(): Promise<void>
  /** As `npm start` after that, on the same data. */
  startAgain(): Promise<void>
  stop(): Promise<void>
  /** Makes an LMS known to the tool by the command line. */
  register(lms: Registration): Promise<void>
  /** A one-time link into /admin, from the command line. */
  adminLink(): Promise<string>
  /** What the product printed so far. */
  printed(): Promise<string>
}

/** Free on every loopback address, and different ones: all are held before the first is let go. */
async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer().listen(0))
  await Promise.all(probes.map((probe) => once(probe, 'listening')))
  const ports = probes.map((probe) => (probe.address() as AddressInfo).port)
  await Promise.all(probes.map((probe) => new Promise((closed) => probe.close(closed))))
  return ports
}

interface Child {
  process: ChildProcess
  /** Resolves with the first line printed that matches. */
  says(what: RegExp): Promise<string>
}

function runNode(args: readonly string[], environment: Record<string, string>, log: WriteStream): Child {
  // A group of its own: what it started in turn can be ended with it.
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    cwd: home,
    env: { ...env, ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text = (text + part).slice(-20_000)
      log.write(part)
    })
  }
  const says = async (what: RegExp): Promise<string> => {
    for (let waited = 0; waited < 90_000; waited += 50) {
      const found = what.exec(text)
      if (found) return found[1] ?? found[0]
      const over = child.exitCode !== null
      await new Promise((later) => setTimeout(later, 50))
      // Its last words may come after its end.
      if (over && !what.test(text)) break
    }
    throw new Error(`${args[0]} never said ${what}:\n${text}`)
  }
  return { process: child, says }
}

async function end(child: Child | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.process.exitCode !== null || child.process.signalCode !== null) return
  const ended = once(child.process, 'exit')
  child.process.kill(signal)
  const forced = setTimeout(() => child.process.kill('SIGKILL'), 20_000)
  await ended
  clearTimeout(forced)
}

/** Ends what a killed process left behind in its group: the LMS that it had started. */
function endGroup(child: Child | undefined): void {
  try {
    if (child?.process.pid) process.kill(-child.process.pid, 'SIGKILL')
  } catch {
    // Nobody is left.
  }
}

/** `more`: variables of the tool beside the usual ones. */
export async function startSchool(more: Record<string, string> = {}): Promise<School> {
  const folder = await mkdtemp(join(tmpdir(), 'cuepoint-e2e-'))
  // As root the database runs as the user postgres, who must be able to pass; else its data would be put elsewhere, and stay there.
  await chmod(folder, 0o755)
  const logFile = join(folder, 'printed.txt')
  const log = createWriteStream(logFile)
  const [port, lmsPort, canvasPort] = await freePorts(3)
  const tool = `http://127.0.0.1:${port}`
  const dataDir = join(folder, 'data')
  const environment = {
    DEMO_CLASS: '0',
    PORT: String(port),
    DEMO_LMS_PORT: String(lmsPort),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    PUBLIC_URL: '',
    DATABASE_URL: '',
    ...more,
  }
  const groups: Child[] = []
  let running: Child | undefined
  let second: Promise<{ lms: Lms; child: Child }> | undefined

  const start = async () => {
    running = runNode(['scripts/start.ts'], environment, log)
    groups.push(running)
    await running.says(/Cuepoint is running/)
  }
  const platform = async (says: RegExp, ...args: string[]): Promise<string> => {
    const command = runNode(['tool-server/src/app/platform.ts', ...args], { ...environment, ALLOW_LOOPBACK: 'true' }, log)
    const said = await command.says(says)
    await end(command, 'SIGTERM')
    return said
  }
  const register = async (it: Registration) => {
    const words = {
      name: it.name,
      issuer: it.issuer,
      'client-id': it.clientId,
      'auth-url': it.authUrl,
      'token-url': it.tokenUrl,
      'jwks-url': it.jwksUrl,
      lms: it.lms,
    }
    const named = Object.entries(words).flatMap(([name, value]) => [`--${name}`, value])
    const deployments = it.deployments.flatMap((id) => ['--deployment', id])
    const origins = (it.origins ?? []).flatMap((origin) => ['--origin', origin])
    await platform(/is registered/, 'add', ...named, ...deployments, ...origins)
  }
  const startCanvas = async () => {
    const child = runNode(['fixtures/lms-simulator/main.ts', '--profile', 'canvas', '--port', String(canvasPort), '--tool', tool], {}, log)
    groups.push(child)
    const origin = await child.says(/Simulated LMS \(canvas\): (\S+)/)
    const it = (await (await fetch(`${origin}/demo/registration.json`)).json()) as Registration
    await register({ ...it, name: `${it.name} (Canvas)` })
    return { lms: { origin, profile: 'canvas' as const }, child }
  }

  const stop = async () => {
    await end((await second?.catch(() => undefined))?.child, 'SIGTERM')
    await end(running, 'SIGTERM')
    for (const child of groups) endGroup(child)
    log.end()
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }

  await start().catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return {
    tool,
    lms: { origin: `http://localhost:${lmsPort}`, profile: 'moodle' },
    async canvas() {
      second ??= startCanvas()
      return (await second).lms
    },
    async kill() {
      await end(running, 'SIGKILL')
    },
    startAgain: start,
    stop,
    register,
    adminLink: () => platform(/(http\S+#link=[\w-]{43})\s/, 'admin-link'),
    printed: () => readFile(logFile, 'utf8').catch(() => ''),
  }
}
