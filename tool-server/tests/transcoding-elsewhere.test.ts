// Encoding where it is not as usual: files in S3 alone, and an old ffmpeg from npm where the system has none.
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { queryAlone, transaction } from '../src/kernel/db.ts'
import { record } from '../src/kernel/events/outbox.ts'
import { storage } from '../src/kernel/storage.ts'
import { encoderWarnings, tools } from '../src/modules/media/ffmpeg.ts'
import { startS3, type TestS3 } from './_s3.ts'
import { clip, ffprobeBy, type MediaRoom, openMediaRoom, settled } from './_videos.ts'

let room: MediaRoom | undefined
let s3: TestS3 | undefined
let bin: string | undefined
afterEach(async () => {
  await room?.close()
  await s3?.stop()
  if (bin) await rm(bin, { recursive: true })
  room = s3 = bin = undefined
})

/** All segments of a rendition in a row, as a player puts them together, read from the storage; answers with the file. */
async function wholeOf({ folder }: MediaRoom, id: string, name: string): Promise<string> {
  const prefix = `renditions/${id}/1/${name}/`
  const playlist = (await text(await storage().read(`${prefix}index.m3u8`))).split('\n')
  expect(playlist).toContain('#EXT-X-ENDLIST')
  const init = playlist.flatMap((line) => /^#EXT-X-MAP:URI="(.*)"$/.exec(line)?.[1] ?? [])[0] ?? ''
  const parts = [init, ...playlist.filter((line) => line.endsWith('.m4s'))]
  const bytes = await Promise.all(parts.map(async (part) => buffer(await storage().read(prefix + part))))
  const file = join(folder, `${name}.mp4`)
  await writeFile(file, Buffer.concat(bytes))
  return file
}

async function expectPlays(here: MediaRoom, id: string, name: string): Promise<void> {
  const said = await ffprobeBy(
    here.folder,
    '-count_frames',
    '-show_entries',
    'stream=codec_name,nb_read_frames',
    '-of',
    'csv=p=0',
    await wholeOf(here, id, name),
  )
  expect(said).toMatch(/h264,75\b/)
  expect(said).toMatch(/aac,\d+/)
}

test('With S3 behind it a video is encoded to the end: its files are in the bucket alone, and nothing of the work stays behind', async () => {
  s3 = await startS3()
  room = await openMediaRoom(s3.env)
  await room.work()
  const id = await room.upload(await clip(room.folder, 'three.mp4', 3))
  expect(await settled(id)).toMatchObject({ state: 'ready', failure_code: null, width: 320, height: 180, has_audio: true })
  await room.idle()
  expect(storage().kind).toBe('s3')
  await expectPlays(room, id, '180p')
  const keys = await storage().list(`renditions/${id}/`)
  for (const name of ['master.m3u8', 'poster.jpg', 'storyboard.vtt', 'waveform.json']) expect(keys).toContain(`renditions/${id}/1/${name}`)
  expect(await text(await storage().read(`renditions/${id}/1/master.m3u8`))).toMatch(/#EXT-X-STREAM-INF:.*\n180p\/index\.m3u8/)
  await expect(readFile(join(room.dataDir, 'files/renditions', id, '1/master.m3u8'))).rejects.toMatchObject({ code: 'ENOENT' })
  // The uploaded file was cleaned of its metadata; the one that came is gone.
  expect(await storage().list(`originals/${room.institutionId}/`)).toEqual([`originals/${room.institutionId}/${id}.clean`])
})

test('An S3 that is away while the uploaded file is cleaned loses neither: it is cleaned when it is back, and only then the one that came goes', async () => {
  s3 = await startS3()
  const here = await openMediaRoom(s3.env)
  room = here
  const { institutionId, courseId } = here
  const id = randomUUID()
  const key = `originals/${institutionId}/${id}`
  const file = await clip(here.folder, 'three.mp4', 3, '320x180', ['-metadata', 'comment=at my home'])
  const { bytes } = await storage().put(key, { file }, { contentType: 'application/octet-stream' })
  await s3.away()
  await queryAlone(
    `insert into assets (id, institution_id, course_id, kind, name, bytes, state, original_key, original_kept)
     values ($1, $2, $3, 'video', 'clip.mp4', $4, 'ready', $5, true)`,
    [id, institutionId, courseId, bytes, key],
  )
  const scope = { institutionId, courseId, personId: null, placementId: null }
  await transaction((tx) => record(tx, { name: 'media.asset.ready', ...scope, data: { assetId: id, durationSeconds: 3 } }))
  await here.work()
  const tried = async () => {
    const [row] = await queryAlone<{ tried: boolean }>(
      `select attempts > 0 and state = 'due' and last_error is not null as tried from deliveries where listener = 'media.keep-original'`,
    )
    return row?.tried
  }
  await expect.poll(tried, { timeout: 60_000 }).toBe(true)
  const kept = () => queryAlone('select original_key, original_kept from assets where id = $1', [id])
  expect(await kept()).toEqual([{ original_key: key, original_kept: true }])
  await s3.back()
  await expect.poll(kept, { timeout: 60_000 }).toEqual([{ original_key: `${key}.clean`, original_kept: true }])
  await here.idle()
  expect(await storage().list(`originals/${institutionId}/`)).toEqual([`${key}.clean`])
  expect((await buffer(await storage().read(`${key}.clean`))).includes('at my home')).toBe(false)
})

test('Where the system has no ffmpeg, the one from npm encodes, and says that it is old', async () => {
  bin = await mkdtemp(join(tmpdir(), 'cuepoint-bin-'))
  // What holds it down is there as ever; ffmpeg and ffprobe are not.
  for (const name of ['true', 'nice', 'prlimit', 'setpriv', 'unshare']) await symlink(`/usr/bin/${name}`, join(bin, name))
  room = await openMediaRoom({ PATH: bin })
  expect(await tools()).toMatchObject({ from: 'npm', version: expect.stringMatching(/^(4|N-)/) })
  expect((await encoderWarnings()).join('\n')).toMatch(/ffmpeg is not installed: an old one from npm \(.*\) takes its place/)
  await room.work()
  const id = await room.upload(await clip(room.folder, 'three.mp4', 3))
  expect(await settled(id)).toMatchObject({ state: 'ready', failure_code: null, width: 320, height: 180, has_audio: true })
  await room.idle()
  await expectPlays(room, id, '180p')
  expect(await storage().list(`renditions/${id}/1/`)).toContain(`renditions/${id}/1/poster.jpg`)
})
