// Ends an encoder that gets no further: one that stands still, or turns in a circle. One that others leave no processor is waited for.
import { readdirSync, readFileSync } from 'node:fs'

/** What the system says of a process. */
export interface Running {
  /** One letter per thread (proc_pid_stat(5)): R wants a processor, or has one. */
  states: readonly string[]
  /** That it has had so far. */
  cpuSeconds: number
}

export interface Watchdog {
  /** A line of its output. */
  said(line: string): void
  stop(): void
}

const none: Watchdog = { said: () => undefined, stop: () => undefined }

/** Progress is a position that has changed; a process that only repeats itself hangs. */
export function watchdog(seconds: number | undefined, look: () => Running | null, stalled: () => void): Watchdog {
  if (seconds === undefined) return none
  const last = new Map<string, string>()
  let had = 0
  let timer: NodeJS.Timeout | undefined
  const wait = () => {
    clearTimeout(timer)
    had = look()?.cpuSeconds ?? 0
    timer = setTimeout(() => {
      const now = look()
      if (now && isStarved({ ...now, cpuSeconds: now.cpuSeconds - had }, seconds)) wait()
      else stalled()
    }, seconds * 1000)
  }
  wait()
  return {
    said(line) {
      const [key = '', value = ''] = line.split('=', 2)
      // ffprobe's lines are packets: each is progress.
      if (line.includes('=') && (!['out_time_us', 'out_time_ms', 'frame', 'total_size'].includes(key) || last.get(key) === value)) return
      last.set(key, value)
      wait()
    },
    stop: () => clearTimeout(timer),
  }
}

/** PURE: it would go on, and had hardly a processor in this time. */
export function isStarved({ states, cpuSeconds }: Running, seconds: number): boolean {
  return states.includes('R') && cpuSeconds < seconds / 5
}

/** null where the system does not tell, or it has ended. */
export function runningNow(pid: number): Running | null {
  try {
    const folder = `/proc/${pid}/task`
    const threads = readdirSync(folder).map((thread) => fieldsOf(readFileSync(`${folder}/${thread}/stat`, 'latin1')))
    // utime and stime, in hundredths of a second.
    const cpuSeconds = threads.reduce((sum, fields) => sum + Number(fields[11]) + Number(fields[12]), 0) / 100
    return { states: threads.map(([state = '']) => state), cpuSeconds }
  } catch {
    return null
  }
}

/** From the state on: what stands before it is a name, and may contain anything. */
const fieldsOf = (stat: string): string[] => stat.slice(stat.lastIndexOf(') ') + 2).split(' ')
