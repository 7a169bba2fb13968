// Faults of transcoding: workers and encoders that die or stand still at any moment. A video ends ready, like one
// that nothing happened to, or failed with a reason (I4).
import { startPostgres } from '../bench/postgres.ts'
import { Undo } from '../bench/undo.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { clip, openMediaRoom } from '../tests/_videos.ts'
import type { Family } from './family.ts'
import { killedRow } from './media/killed-row.ts'
import type { MediaStage } from './media/stage.ts'
import { segmentsOf } from './media/watching.ts'
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
      const workers = new MediaWorkers(room.env)
      undo.push(() => workers.end())
      const stage: MediaStage = { room, workers, clip: await clip(room.folder, 'ten.mp4', 10, '480x270'), reference: [], usualMs: 0 }
      await workers.have(2)
      // The first one warms up: code is compiled, ffmpeg found.
      for (let turn = 0; turn < 2; turn++) {
        const began = performance.now()
        const id = await room.upload(stage.clip)
        stage.reference = await segmentsOf(room, id)
        stage.usualMs = performance.now() - began
      }
      return { rows: [killedRow(stage)], close: () => undo.all() }
    } catch (error) {
      await undo.all()
      throw error
    }
  },
}
