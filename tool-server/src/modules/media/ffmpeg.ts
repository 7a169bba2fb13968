// The one place that starts ffmpeg and ffprobe: found once, held down (priority.ts, memory, no network), watched (watchdog.ts), and ended
// with all its children. What it is told is made in encode-arguments.ts.
import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { config } from '../../kernel/config.ts'
import { log } from '../../kernel/log.ts'
import { lowerGroup, niceness, type Priority } from './priority.ts'
import { runningNow, watchdog } from './watchdog.ts'

/** full: the disk; aborted: by the signal; stalled: no progress; failed: it ended by itself, `words` are its own. */
export class ToolFailed extends Error {
  override readonly name = 'ToolFailed'
  readonly reason: 'aborted' | 'failed' | 'full' | 'missing' | 'stalled'
  readonly words: string
  constructor(reason: ToolFailed['reason'], words: string) {
    super(`${reason}: ${words.slice(-300)}`)
    this.reason = reason
    this.words = words
  }
}

export interface Tools {
  ffmpeg: string
  ffprobe: string
  version: string
  from: 'system' | 'npm'
  /** What stands before the command: less priority, memory limit, no network, ends with its parent. */
  wrap(priority: Priority): readonly string[]
  networkless: boolean
  toneMapping: boolean
  /** For the log, the doctor and /readyz. */
  warnings: readonly string[]
}

const mostMemory = 4 * 2 ** 30
const mostFile = 64 * 2 ** 30
const mostWords = 20_000

let found: Promise<Tools> | undefined

/** ffmpeg as it is on this machine; looked for once. Rejects with ToolFailed `missing`. */
export function tools(): Promise<Tools> {
  found ??= discover().catch((error: unknown) => {
    found = undefined
    throw error
  })
  return found
}

/** For tests, and after a change of configuration. */
export function forgetTools(): void {
  found = undefined
}

/** What keeps this process from encoding as it should: an old ffmpeg, none, or one that cannot be cut off from the network. */
export async function encoderWarnings(): Promise<readonly string[]> {
  try {
    return (await tools()).warnings
  } catch (error) {
    return [`Videos are not encoded: ${error instanceof ToolFailed ? error.words : 'ffmpeg cannot be started.'}`]
  }
}

async function discover(): Promise<Tools> {
  const { ffmpegDir } = config().transcoding
  const inDir = (command: string) => (ffmpegDir ? join(ffmpegDir, command) : command)
  const warnings: string[] = []
  let it = { ffmpeg: inDir('ffmpeg'), ffprobe: inDir('ffprobe'), from: 'system' as Tools['from'] }
  let version = (await works([it.ffprobe, '-version'])) ? await versionOf(it.ffmpeg) : null
  if (version === null && !ffmpegDir) {
    const packed = packages()
    version = packed && (await works([packed.ffprobe, '-version'])) ? await versionOf(packed.ffmpeg) : null
    if (packed) it = { ...packed, from: 'npm' }
    if (version !== null)
      warnings.push(
        `ffmpeg is not installed: an old one from npm (${version}) takes its place. Install ffmpeg 5 or later with the system's packages.`,
      )
  }
  if (version === null) throw new ToolFailed('missing', 'ffmpeg and ffprobe are not installed on this machine, or do not start.')
  const filters = await run({ command: [it.ffmpeg, '-hide_banner', '-filters'], folder: '/' }).then(
    (ran) => ran.stdout,
    () => '',
  )
  const toneMapping = /\bzscale\b/.test(filters) && /\btonemap\b/.test(filters)
  const { wrap, networkless } = await wrapping()
  if (!networkless)
    warnings.push(
      'This machine does not let ffmpeg be cut off from the network (unshare); it is kept to local files by its own options alone.',
    )
  for (const warning of warnings) log.warn({ version }, warning)
  return { ...it, version, wrap, networkless, toneMapping, warnings }
}

/** The optional packages; null where they were not installed. */
function packages(): { ffmpeg: string; ffprobe: string } | null {
  const require = createRequire(import.meta.url)
  const pathOf = (name: string): string => (require(name) as { path: string }).path
  try {
    return { ffmpeg: pathOf('@ffmpeg-installer/ffmpeg'), ffprobe: pathOf('@ffprobe-installer/ffprobe') }
  } catch {
    return null
  }
}

async function versionOf(ffmpeg: string): Promise<string | null> {
  const ran = await run({ command: [ffmpeg, '-version'], folder: '/' }).catch(() => null)
  return ran && (/^ffmpeg version (\S+)/.exec(ran.stdout)?.[1] ?? 'unknown')
}

const works = (command: readonly string[]): Promise<boolean> =>
  run({ command, folder: '/' }).then(
    () => true,
    () => false,
  )

/** Each layer is tried with the command `true`: a container may refuse any of them. */
async function wrapping(): Promise<Pick<Tools, 'wrap' | 'networkless'>> {
  const inner: string[] = []
  const niced = await works(['nice', '-n', '19', 'true'])
  const layers = [
    ['prlimit', `--as=${mostMemory}`, `--fsize=${mostFile}`, '--core=0', '--nofile=512', '--'],
    // Without it, the encoder of a worker that was killed would go on by itself.
    ['setpriv', '--pdeathsig', 'KILL', '--'],
  ]
  for (const layer of layers) if (await works([...layer, 'true'])) inner.push(...layer)
  const wrap = (outer: readonly string[], priority: Priority) => [
    ...outer,
    ...(niced ? ['nice', '-n', String(niceness[priority])] : []),
    ...inner,
  ]
  // As root, or in a user namespace of one's own; outermost, so that the last thing before ffmpeg is the tie to its parent.
  for (const layer of [
    ['unshare', '-n', '--'],
    ['unshare', '-r', '-n', '--'],
  ]) {
    if (await works([...wrap(layer, 'whenever'), 'true'])) return { wrap: (priority) => wrap(layer, priority), networkless: true }
  }
  return { wrap: (priority) => wrap([], priority), networkless: false }
}

export interface ToolRun {
  /** Program and arguments. */
  command: readonly string[]
  /** Its working folder: all that it should find. */
  folder: string
  signal?: AbortSignal
  /** As its wrapping says, for the whole of its group. */
  priority?: Priority
  /** Ends it when it says nothing of progress for so long though it might; needs `-progress pipe:1`. */
  stallSeconds?: number
  /** Every line of its output, instead of keeping it. */
  line?: (line: string) => void
}

/** ffmpeg with its guards; progress is watched. */
export async function ffmpeg(folder: string, args: readonly string[], signal: AbortSignal, priority: Priority): Promise<void> {
  const { wrap, ffmpeg: path } = await tools()
  const { stallSeconds } = config().transcoding
  const command = [...wrap(priority), path, '-progress', 'pipe:1', ...args]
  await run({ command, folder, signal, priority, stallSeconds, line: () => undefined })
}

/** ffprobe with the same guards; `line` gets its output line by line, else it is returned. A short look is waited for; a whole file is read beside what is played first. */
export async function ffprobe(
  folder: string,
  args: readonly string[],
  signal: AbortSignal,
  line?: (line: string) => void,
): Promise<string> {
  const { wrap, ffprobe: path } = await tools()
  const { stallSeconds } = config().transcoding
  const priority = line ? 'last' : 'soon'
  const command = [...wrap(priority), path, ...args]
  const ran = await run({ command, folder, signal, priority, stallSeconds: stallSeconds * 4, ...(line ? { line } : {}) })
  return ran.stdout
}

/** Runs a command to its end; rejects with ToolFailed. */
export function run({ command, folder, signal, priority, stallSeconds, line }: ToolRun): Promise<{ stdout: string; stderr: string }> {
  const [program = '', ...args] = command
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new ToolFailed('aborted', 'it was not wanted any more'))
    // A group of its own, so that it is ended with whatever it started. Nothing of our environment reaches it.
    const env = { PATH: config().transcoding.path, LANG: 'C', ...(line ? {} : { AV_LOG_FORCE_NOCOLOR: '1' }) }
    const child = spawn(program, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    if (child.pid && priority) void lowerGroup(child.pid, priority)
    let ended: ToolFailed['reason'] | undefined
    const end = (reason: ToolFailed['reason']) => {
      ended ??= reason
      endGroup(child)
    }
    const abort = () => end('aborted')
    signal?.addEventListener('abort', abort, { once: true })
    const look = () => (child.pid ? runningNow(child.pid) : null)
    const watch = watchdog(stallSeconds, look, () => end('stalled'))
    const [stdout, stderr] = [new Tail(line ? 0 : 50_000_000), new Tail(mostWords)]
    const lines = linesOf(line, watch.said)
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.add(chunk)
      lines(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => stderr.add(chunk))
    const done = (act: () => void) => {
      watch.stop()
      signal?.removeEventListener('abort', abort)
      act()
    }
    child.once('error', (error) => done(() => reject(new ToolFailed('missing', error.message))))
    child.once('close', (code, signalName) =>
      done(() => {
        if (code === 0 && !ended) return resolve({ stdout: stdout.text(), stderr: stderr.text() })
        const words = stderr.text() || `it ended with ${code ?? signalName}`
        reject(new ToolFailed(ended ?? (/No space left on device|Disk quota exceeded/.test(words) ? 'full' : 'failed'), words))
      }),
    )
  })
}

/** With its whole group; a process that was stopped dies of this too. */
function endGroup(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

function linesOf(line: ((line: string) => void) | undefined, said: (line: string) => void): (chunk: Buffer) => void {
  let rest = ''
  return (chunk) => {
    const parts = (rest + chunk.toString('latin1')).split('\n')
    rest = (parts.pop() ?? '').slice(-10_000)
    for (const part of parts) {
      said(part)
      line?.(part)
    }
  }
}

/** The last bytes of a stream. */
class Tail {
  private readonly parts: Buffer[] = []
  private size = 0
  private readonly most: number
  constructor(most: number) {
    this.most = most
  }
  add(chunk: Buffer): void {
    if (this.most === 0) return
    this.parts.push(chunk)
    this.size += chunk.length
    while (this.parts.length > 1 && this.size - (this.parts[0]?.length ?? 0) > this.most) this.size -= this.parts.shift()?.length ?? 0
  }
  text(): string {
    return Buffer.concat(this.parts).toString('utf8').slice(-this.most)
  }
}
