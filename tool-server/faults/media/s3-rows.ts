// An S3 that is away for a while: under an upload, in the middle of a transcode, and when somebody wants to watch.
import { createHash } from 'node:crypto'
import { buffer, text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { queryAlone } from '../../src/kernel/db.ts'
import { storage } from '../../src/kernel/storage.ts'
import { callTool } from '../../tests/_app.ts'
import type { TestS3 } from '../../tests/_s3.ts'
import { type MediaRoom, settled } from '../../tests/_videos.ts'
import type { Chance } from '../chance.ts'
import type { Row } from '../family.ts'
import { Uploading } from './uploading.ts'
import type { MediaWeb } from './web.ts'

export interface S3Stage {
  room: MediaRoom
  web: MediaWeb
  s3: TestS3
  clip: string
  uploaded: Buffer
  /** Of a quiet run: names of the segments, how long it takes, and a video of the instructor's course that is ready. */
  reference: string[]
  usualMs: number
  ready: string
}

const patienceMs = 90_000
const longest = 20_000

/** Most are short; one in eight, and one of the suite's five, is as long as a restart of it takes. */
const awayMs = (chance: Chance, run: number): number => (run % 8 === 4 ? longest : chance.whole(300, 2500))

/** The segments of a video, by the names that their bytes give them. Throws where it does not become ready. */
export async function segmentsInS3(id: string): Promise<string[]> {
  const { state, failure_code, generation } = await settled(id, patienceMs)
  if (state !== 'ready') throw new Error(`the video is ${state}: ${failure_code ?? 'nothing is said'}`)
  const prefix = `renditions/${id}/${generation}/`
  const keys = await storage().list(prefix)
  const all: string[] = []
  for (const key of keys.filter((it) => it.endsWith('/index.m3u8'))) {
    const playlist = (await text(await storage().read(key))).split('\n')
    const folder = key.slice(prefix.length, -'index.m3u8'.length)
    if (!playlist.includes('#EXT-X-ENDLIST')) all.push(`${folder} has no end`)
    for (const name of playlist.filter((line) => line.endsWith('.m4s')))
      all.push(keys.includes(`${prefix}${folder}${name}`) ? `${folder}${name}` : `${folder}${name} is missing`)
  }
  return all
}

async function away({ s3 }: S3Stage, ms: number): Promise<void> {
  await s3.away()
  try {
    await sleep(ms)
  } finally {
    await s3.back()
  }
}

export function s3UploadRow(stage: S3Stage): Row {
  const { web, uploaded } = stage
  return {
    name: 's3-away-upload',
    does: 'S3 is away (0.3 to 2.5 s, one time in eight 20 s) in the middle of an upload',
    holds: 'the upload goes on from what was confirmed, its bytes are those that were sent, its end is told once',
    async play(chance, run) {
      const piece = chance.whole(300_000, 2_000_000)
      const upload = await Uploading.begin(web, uploaded)
      await upload.sendTo(chance.whole(1, uploaded.length - 1), piece)
      await Promise.all([away(stage, awayMs(chance, run)), upload.sendTo(uploaded.length, piece)])
      const [row] = await queryAlone<{ key: string }>('select original_key as key from assets where id = $1', [upload.assetId])
      const sum = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
      // A worker that was very fast has cleaned it by now.
      const asSent = row?.key.endsWith('.clean') || sum(await buffer(await storage().read(row?.key ?? ''))) === sum(uploaded)
      if (!asSent) upload.violations.push('what is there is not what was sent')
      await upload.end(piece)
      return upload.violations
    },
  }
}

export function s3EncodeRow(stage: S3Stage): Row {
  const { room, clip, reference, usualMs } = stage
  return {
    name: 's3-away-encode',
    does: 'S3 is away (0.3 to 2.5 s, one time in eight 20 s) somewhere in a transcode',
    holds: 'the video becomes ready by itself, like one that nothing happened to',
    async play(chance, run) {
      const id = await room.upload(clip)
      await sleep(chance.fraction() * usualMs)
      await away(stage, awayMs(chance, run))
      const segments = await segmentsInS3(id)
      return segments.join() === reference.join() ? [] : ['other segments than those of a quiet run']
    },
  }
}

export function s3DeliveryRow(stage: S3Stage): Row {
  const { web, ready } = stage
  return {
    name: 's3-away-delivery',
    does: 'S3 is away (0.3 to 2.5 s, one time in eight 20 s) while playlists and pictures are asked for',
    holds: 'who asks meanwhile waits or hears 503, never that it is not there or not allowed; then all is given out again',
    async play(chance, run) {
      const { json } = await callTool(web.origin, web.token, 'GET', `/api/assets/${ready}/playback`)
      const paths = [json.hlsUrl, json.posterUrl, json.storyboardUrl, json.waveformUrl] as string[]
      const ask = async (path: string) => (await fetch(`${web.origin}${path}`)).status
      const gone = away(stage, awayMs(chance, run))
      await sleep(50)
      const meanwhile = await Promise.all(paths.map(ask))
      await gone
      const after = await Promise.all(paths.map(ask))
      return [
        ...meanwhile.filter((status) => status !== 200 && status !== 503).map((status) => `meanwhile it was answered ${status}`),
        ...after.filter((status) => status !== 200).map((status) => `afterwards it was answered ${status}`),
      ]
    },
  }
}
