// The disk has no room while a video is encoded: a small file system of its own, where this machine lets us mount one.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { queryAlone } from '../../src/kernel/db.ts'
import type { Row } from '../family.ts'
import type { MediaStage } from '../media.ts'
import { segmentsOf } from './watching.ts'

const megabytes = 48

export function diskFullRow(stage: MediaStage): Row {
  const { room, workers } = stage
  return {
    name: 'disk-full',
    does: 'the disk fills up while a video is encoded, and has room again later',
    holds: 'the video waits and says so; older videos stay as they are; it is ready like any other once there is room',
    async play(chance) {
      const folder = join(room.dataDir, 'work')
      mkdirSync(folder, { recursive: true })
      await workers.end()
      if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status !== 0) {
        process.stdout.write('    this machine lets us mount nothing: disk-full is not played\n')
        return []
      }
      const violations: string[] = []
      const filler = join(folder, 'filler')
      try {
        await mkdir(join(folder, 'jobs'), { recursive: true })
        const { bavail, bsize } = await statfs(folder)
        // The source must be lent: what is missing is room for what is made.
        const source = (await readFile(stage.clip)).length
        await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - source - chance.whole(8, 120) * 1024), 1))
        await workers.have(1)
        const id = await room.upload(stage.clip)
        if (!(await says(id, 'room'))) violations.push('it did not say that it waits for room')
        await rm(filler)
        if ((await segmentsOf(room, id)).join() !== stage.reference.join()) violations.push('other segments than those of a quiet run')
        const [row] = await queryAlone<{ waits_for: string | null }>('select waits_for from transcodes where asset_id = $1', [id])
        if (row?.waits_for !== null) violations.push('it still says that it waits')
      } finally {
        await workers.end()
        spawnSync('umount', ['-l', folder])
      }
      return violations
    },
  }
}

async function says(id: string, what: string): Promise<boolean> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(100)) {
    const [row] = await queryAlone<{ waits_for: string | null; state: string }>(
      'select t.waits_for, a.state from assets a left join transcodes t on t.asset_id = a.id where a.id = $1',
      [id],
    )
    if (row?.waits_for === what) return true
    if (row?.state === 'ready' || row?.state === 'failed') return false
  }
  return false
}
