// Faults of media where files lie in S3: it is away, and comes back with what it had.
import { readFile } from 'node:fs/promises'
import { startPostgres } from '../bench/postgres.ts'
import { Undo } from '../bench/undo.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { startS3 } from '../tests/_s3.ts'
import { clip, openMediaRoom } from '../tests/_videos.ts'
import type { Family } from './family.ts'
import { type S3Stage, s3DeliveryRow, s3EncodeRow, s3UploadRow, segmentsInS3 } from './media/s3-rows.ts'
import { startWeb } from './media/web.ts'
import { MediaWorkers } from './media/workers.ts'

export const mediaS3: Family = {
  name: 'media-s3',
  async open() {
    const undo = new Undo()
    try {
      const postgres = await undo.later(startPostgres())
      const url = await postgres.create('media-s3-faults')
      await migrate(url)
      const s3 = await undo.later(startS3())
      const room = await openMediaRoom({ ...s3.env, TRANSCODES_AT_ONCE: '1' }, { url, drop: async () => undefined })
      undo.push(() => room.close())
      const web = await undo.later(startWeb(room.env))
      const workers = new MediaWorkers(room.env)
      undo.push(() => workers.end())
      await workers.have(1)
      const file = await clip(room.folder, 'three.mp4', 3)
      await segmentsInS3(await room.upload(file))
      const began = performance.now()
      const ready = await room.upload(file)
      const reference = await segmentsInS3(ready)
      const usualMs = performance.now() - began
      await queryAlone(
        `update assets set institution_id = c.institution_id, course_id = c.id
         from sessions s join courses c on c.id = s.course_id where assets.id = $1`,
        [ready],
      )
      const uploaded = await readFile(await clip(room.folder, 'uploaded.mp4', 4, '640x360', ['-b:v', '6M', '-minrate', '6M']))
      const stage: S3Stage = { room, web, s3, clip: file, uploaded, reference, usualMs, ready }
      return { rows: [s3UploadRow(stage), s3EncodeRow(stage), s3DeliveryRow(stage)], close: () => undo.all() }
    } catch (error) {
      await undo.all()
      throw error
    }
  },
}
