// Uploads through a web process that is killed, and onto a disk that is full.
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { queryAlone } from '../../src/kernel/db.ts'
import { storage } from '../../src/kernel/storage.ts'
import { originalKey } from '../../src/modules/media/upload-opening.ts'
import { tusAs } from '../../tests/_media.ts'
import type { Chance } from '../chance.ts'
import type { Row } from '../family.ts'
import type { MediaStage } from './stage.ts'
import { Uploading } from './uploading.ts'

const pieceOf = (chance: Chance): number => chance.whole(150_000, 900_000)

/** All but the last byte is there as it was sent: with the last one it would go to be encoded. */
async function seeToBytes(upload: Uploading, bytes: Buffer, piece: number): Promise<void> {
  await upload.sendTo(bytes.length - 1, piece)
  const [row] = await queryAlone<{ institution: string }>('select institution_id institution from assets where id = $1', [upload.assetId])
  const there = await buffer(await storage().read(originalKey(row?.institution ?? '', upload.assetId)))
  if (!there.equals(bytes.subarray(0, -1))) upload.violations.push('what is there is not what was sent')
}

export function interruptedRow({ web, uploaded }: MediaStage): Row {
  return {
    name: 'upload-web-killed',
    does: 'the web process is killed (SIGKILL) in the middle of an upload, and started again',
    holds: 'the upload goes on where it stopped, what was confirmed is there, its end is told once',
    async play(chance) {
      const piece = pieceOf(chance)
      const upload = await Uploading.begin(web, uploaded)
      await upload.sendTo(chance.whole(1, uploaded.length - 2 * piece), piece)
      const sending = upload.send(piece)
      await sleep(chance.fraction() * 20)
      await web.kill()
      await sending
      await web.start()
      await upload.ask()
      await seeToBytes(upload, uploaded, piece)
      await upload.end(piece)
      return upload.violations
    },
  }
}

export function fullUploadRow({ web, disk, uploaded }: MediaStage): Row {
  return {
    name: 'upload-disk-full',
    does: `the disk is full (${disk.is}) in the middle of an upload, and has room again`,
    holds: 'the refusal says so (507 storage_full), nothing that was confirmed is lost, the upload goes on once there is room',
    async play(chance) {
      const piece = pieceOf(chance)
      const upload = await Uploading.begin(web, uploaded)
      const { violations } = upload
      await upload.sendTo(chance.whole(1, uploaded.length - 2 * piece), piece)
      try {
        await disk.fill(chance.whole(0, piece / 2))
        const said = await upload.send(piece)
        if (said?.status !== 507 || said.json.code !== 'storage_full')
          violations.push(`a full disk was answered ${said?.status} ${said?.json?.code}`)
        const another = await tusAs(web, web.token).begin(uploaded.length)
        if (disk.is === 'mounted' && another.status !== 507) violations.push(`another upload was begun: ${another.status}`)
        await upload.ask()
      } finally {
        await disk.makeRoom()
      }
      await seeToBytes(upload, uploaded, piece)
      await upload.end(piece)
      return violations
    },
  }
}
