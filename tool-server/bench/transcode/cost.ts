// CPU, time and memory of encoders: all children of this process while it works, read from the system.
import { readFile } from 'node:fs/promises'

export interface Cost {
  cpu: number
  wall: number
  /** Most memory of ffmpeg's processes together, in MB, looked at every 50 ms. */
  memory: number
  /** Seconds until the first segment could be played. */
  first: number
  /** CPU that others took meanwhile, of this machine's or (stolen) of its host's: the more, the less a time is worth. */
  elsewhere: number
}

export async function costOf(work: (began: number) => Promise<number>): Promise<Cost> {
  const [before, stole] = [await childrenCpu(), await elsewhere()]
  let memory = 0
  const look = setInterval(() => void encodersMemory().then((now) => (memory = Math.max(memory, now))), 50)
  const began = performance.now()
  const first = await work(began).finally(() => clearInterval(look))
  const [cpu, wall] = [(await childrenCpu()) - before, (performance.now() - began) / 1000]
  return { cpu, wall, memory, first, elsewhere: Math.max(0, (await elsewhere()) - stole) }
}

/** CPU that neither this process nor its ended children took. */
async function elsewhere(): Promise<number> {
  const [, user, nice, system, , , , , steal] = ((await readFile('/proc/stat', 'utf8')).split('\n')[0] ?? '').split(/\s+/).map(Number)
  const own = process.cpuUsage()
  const all = (user ?? 0) + (nice ?? 0) + (system ?? 0) + (steal ?? 0)
  return all / 100 - (own.user + own.system) / 1_000_000 - (await childrenCpu())
}

/** CPU of this process's ended children (all of them encoders), from /proc. */
async function childrenCpu(): Promise<number> {
  const fields = (await readFile('/proc/self/stat', 'utf8')).split(') ')[1]?.split(' ') ?? []
  // cutime and cstime, in hundredths of a second.
  return (Number(fields[13]) + Number(fields[14])) / 100
}

async function encodersMemory(): Promise<number> {
  let sum = 0
  const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8').catch(() => '')
  for (const pid of children.split(' ').filter(Boolean)) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    if (/^Name:\s+ffmpeg$/m.test(status)) sum += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  }
  return sum
}
