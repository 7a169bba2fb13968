// Faults of media: workers and encoders that die or stand still at any moment, a web process that is killed under an upload, a disk that is
// full. A video ends ready, like one that nothing happened to, or failed with a reason (I4).
import { readFile } from 'node:fs/promises'
import { startPostgres } from '../bench/postgres.ts'
import { Undo } from '../bench/undo.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { clip, type MediaRoom, openMediaRoom } from '../tests/_videos.ts'
import type { Family } from './family.ts'
import { fullEncodeRow } from './media/full-disk-row.ts'
import { killedRow } from './media/killed-row.ts'
import { smallDisk } from './media/small-disk.ts'
import type { MediaStage, QuietRun } from './media/stage.ts'
import { fullUploadRow, interruptedRow } from './media/upload-rows.ts'
import { segmentsOf } from './media/watching.ts'
import { startWeb } from './media/web.ts'
import { MediaWorkers } from './media/workers.ts'

export const media: Family = {
  name: 'media',
  async open() {
    const undo = new Undo()
    try {
      const postgres = await undo.later(startPostgres())
      const url = await postgres.create('media-faults')
      await migrate(url)
      const room = await openMediaRoom({ TRANSCODE_STALL_SECONDS: '3', TRANSCODES_AT_ONCE: '1' }, { url, drop: async () => undefined })
      undo.push(() => room.close())
      const disk = await undo.later(smallDisk(room.dataDir))
      const env = { ...room.env, ...disk.env }
      const web = await undo.later(startWeb(env))
      const workers = new MediaWorkers(env)
      undo.push(() => workers.end())
      await workers.have(2)
      // The first one warms up: code is compiled, ffmpeg found.
      await quietRun(room, await clip(room.folder, 'three.mp4', 3))
      const [short, usual] = [
        await quietRun(room, await clip(room.folder, 'three.mp4', 3)),
        await quietRun(room, await clip(room.folder, 'ten.mp4', 10, '480x270')),
      ]
      const uploaded = await readFile(await clip(room.folder, 'uploaded.mp4', 4, '640x360', ['-b:v', '6M', '-minrate', '6M']))
      const stage: MediaStage = { ...usual, room, workers, web, disk, short, uploaded }
      return { rows: [killedRow(stage), interruptedRow(stage), fullUploadRow(stage), fullEncodeRow(stage)], close: () => undo.all() }
    } catch (error) {
      await undo.all()
      throw error
    }
  },
}

async function quietRun(room: MediaRoom, file: string): Promise<QuietRun> {
  const began = performance.now()
  const reference = await segmentsOf(room, await room.upload(file))
  return { clip: file, reference, usualMs: performance.now() - began }
}
