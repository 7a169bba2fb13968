// A worker, or an encoder, is killed or stopped at a random moment of a transcode.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Row } from '../family.ts'
import type { MediaStage } from './stage.ts'
import { begun, redone, segmentsOf, underWay } from './watching.ts'
import { encodersBelow } from './workers.ts'

const againMs = 10_000

/** In turn: five runs have them all. */
const deeds = ['worker killed', 'worker stopped', 'ffmpeg killed', 'ffmpeg stopped', 'worker killed'] as const

export function killedRow(stage: MediaStage): Row {
  const { room, workers } = stage
  const jobs = join(room.dataDir, 'work/jobs')
  return {
    name: 'killed',
    does: 'a worker or its ffmpeg is killed (SIGKILL) or stopped (SIGSTOP) somewhere in a transcode',
    holds: 'what it did runs again within 10 s, one chunk at most is redone, the video is the same, nothing goes on or stays behind',
    async play(chance, run) {
      await workers.have(2)
      const what = deeds[run % deeds.length] ?? 'worker killed'
      const victim = chance.one(workers.pids())
      const atMs = chance.fraction() * stage.usualMs
      const violations: string[] = []
      const id = await room.upload(stage.clip)
      await sleep(atMs)
      const before = await underWay(id)
      const hitAt = Date.now()
      let stopped: number | undefined
      if (what === 'worker killed') await workers.kill(victim)
      else if (what === 'worker stopped') {
        process.kill(victim, 'SIGSTOP')
        stopped = victim
      } else for (const pid of await encodersBelow(jobs)) signal(pid, what === 'ffmpeg killed' ? 'SIGKILL' : 'SIGSTOP')
      try {
        const segments = await segmentsOf(room, id)
        if (segments.join() !== stage.reference.join()) violations.push(`${what}: other segments than those of a quiet run`)
      } catch (error) {
        violations.push(`${what}: ${error instanceof Error ? error.message : String(error)}`)
      }
      // An encoder that is hit is begun again by its own worker; both workers may have had one.
      const times = await redone(id)
      if (times > (what.startsWith('worker') ? 1 : 2)) violations.push(`${what}: ${times} chunks were redone`)
      const after = await begun(id)
      for (const { key, begunAt } of before) {
        const again = after.get(key)?.getTime() ?? 0
        if (again !== begunAt.getTime() && again - hitAt > againMs + 1000)
          violations.push(`${what}: ${key} was begun again after ${again - hitAt} ms`)
      }
      if (stopped !== undefined) {
        process.kill(stopped, 'SIGCONT')
        await workers.kill(stopped)
      }
      await room.idle()
      for (let wait = 0; wait < 50 && (await encodersBelow(jobs)).length > 0; wait++) await sleep(100)
      if ((await encodersBelow(jobs)).length > 0) violations.push(`${what}: an encoder goes on by itself`)
      // What a killed worker left is swept after two minutes; here at most its own jobs lie there.
      if ((await readdir(jobs)).length > 40) violations.push(`${what}: folders of jobs gather`)
      return violations
    },
  }
}

function signal(pid: number, name: 'SIGKILL' | 'SIGSTOP'): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has just ended.
  }
}
