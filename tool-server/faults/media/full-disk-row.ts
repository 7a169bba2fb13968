// A disk that is full somewhere in a transcode.
import { setTimeout as sleep } from 'node:timers/promises'
import { encodeWaitOf } from '../../src/modules/media/transcode/waiting.ts'
import { assetNow } from '../../tests/_videos.ts'
import type { Row } from '../family.ts'
import type { MediaStage } from './stage.ts'
import { segmentsOf } from './watching.ts'

const patienceMs = 8000

export function fullEncodeRow({ room, workers, disk, short }: MediaStage): Row {
  return {
    name: 'encode-disk-full',
    does: `the disk is full (${disk.is}) somewhere in a transcode, and has room again`,
    holds: 'the video waits and says for what, does not fail, and is made like one that nothing happened to',
    async play(chance) {
      await workers.have(1)
      const violations: string[] = []
      const id = await room.upload(short.clip)
      await sleep(chance.fraction() * short.usualMs)
      try {
        await disk.fill(chance.whole(0, 60_000))
        for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(100)) {
          const { state } = await assetNow(id)
          if (state === 'failed') violations.push('the video failed')
          if (state !== 'processing' || (await encodeWaitOf(id))?.for === 'room') break
        }
      } finally {
        await disk.makeRoom()
      }
      const segments = await segmentsOf(room, id)
      if (segments.join() !== short.reference.join()) violations.push('other segments than those of a quiet run')
      await room.idle()
      return violations
    },
  }
}
