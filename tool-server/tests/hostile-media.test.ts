// Files that are no videos, given straight to our call of ffmpeg as if every check before it had failed: none of them makes it read
// another file or open a connection (threats R4). Run with the demuxer that we would force, and with each other one that we allow.
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '../src/kernel/config.ts'
import { demuxerOf, demuxers } from '../src/modules/media/demuxer.ts'
import { probeArguments, videoArguments } from '../src/modules/media/encode-arguments.ts'
import { ffmpeg, ffprobe, forgetTools, run, tools } from '../src/modules/media/ffmpeg.ts'
import { ladderOf } from '../src/modules/media/ladder.ts'
import type { Priority } from '../src/modules/media/priority.ts'
import type { Probe } from '../src/modules/media/probe.ts'
import { ffmpegBy } from './_videos.ts'

let root: string
let secret: string
let server: Server
let port = 0
let hits = 0
const signal = new AbortController().signal

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'cuepoint-hostile-'))
  loadConfig({ NODE_ENV: 'test', DATABASE_URL: 'postgres://x@127.0.0.1:1/x', DATA_DIR: root, TRANSCODE_STALL_SECONDS: '10' })
  forgetTools()
  // Somebody else's upload, on the same disk.
  secret = join(root, 'secret.ts')
  await ffmpegBy(root, '-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25', '-t', '1', '-c:v', 'libx264', '-f', 'mpegts', 'secret.ts')
  server = createServer((_request, response) => {
    hits++
    response.end()
  })
  server.on('connection', () => hits++)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as { port: number }).port
})
afterAll(async () => {
  server.close()
  await rm(root, { recursive: true, force: true })
})

const hls = (address: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\n${address}\n#EXT-X-ENDLIST\n`
const dash = (address: string) =>
  `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT10S" minBufferTime="PT1S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1000"><BaseURL>${address}</BaseURL></Representation></AdaptationSet></Period></MPD>`

/** An AVI with a text track that claims to be subtitles (GAB2) and is a playlist: the trick of 2017. */
function aviWithPlaylist(playlist: string): Buffer {
  const chunk = (id: string, body: Buffer) => {
    const head = Buffer.alloc(8)
    head.write(id, 0, 'latin1')
    head.writeUInt32LE(body.length, 4)
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
  }
  const list = (id: string, type: string, ...parts: Buffer[]) => chunk(id, Buffer.concat([Buffer.from(type, 'latin1'), ...parts]))
  const avih = Buffer.alloc(56)
  avih.writeUInt32LE(40_000, 0)
  avih.writeUInt32LE(1, 24)
  const strh = Buffer.alloc(56)
  strh.write('txts', 0, 'latin1')
  strh.writeUInt32LE(1, 20)
  strh.writeUInt32LE(1, 24)
  strh.writeUInt32LE(1, 32)
  const words = Buffer.from(playlist, 'latin1')
  const gab = Buffer.alloc(17)
  gab.write('GAB2\0', 0, 'latin1')
  gab.writeUInt16LE(2, 5)
  gab.writeUInt32LE(0, 7)
  gab.writeUInt16LE(4, 11)
  gab.writeUInt32LE(words.length, 13)
  return list(
    'RIFF',
    'AVI ',
    list('LIST', 'hdrl', chunk('avih', avih), list('LIST', 'strl', chunk('strh', strh), chunk('strf', Buffer.alloc(0)))),
    list('LIST', 'movi', chunk('00tx', Buffer.concat([gab, words]))),
  )
}

const hostile: [string, () => string | Buffer][] = [
  ['HLS with another file', () => hls(`file://${secret}`)],
  ['HLS with a relative name', () => hls('../secret.ts')],
  ['HLS with an address', () => hls(`http://127.0.0.1:${port}/x.ts`)],
  ['HLS that puts files together', () => hls(`concat:${secret}|${secret}`)],
  ['DASH with another file', () => dash(`file://${secret}`)],
  ['DASH with an address', () => dash(`http://127.0.0.1:${port}/x.mp4`)],
  ['ffconcat with a neighbour', () => 'ffconcat version 1.0\nfile ../secret.ts\n'],
  ['ffconcat with another file', () => `ffconcat version 1.0\nfile '${secret}'\noption safe 0\n`],
  ['ffconcat with an address', () => `ffconcat version 1.0\nfile 'http://127.0.0.1:${port}/x.ts'\n`],
  ['SDP', () => `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${port} RTP/AVP 96\na=rtpmap:96 H264/90000\n`],
  ['AVI whose subtitles are a playlist of files', () => aviWithPlaylist(hls(`file://${secret}`))],
  ['AVI whose subtitles are a playlist of addresses', () => aviWithPlaylist(hls(`http://127.0.0.1:${port}/x.ts`))],
  ['a list of files to put together', () => `concat:${secret}`],
  [
    'MP4 whose pictures lie elsewhere',
    () => Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1'), Buffer.from(hls(`file://${secret}`))]),
  ],
]

const pretended = (demuxer: string): Probe => ({
  demuxer,
  durationSeconds: 1,
  tracks: 1,
  audio: null,
  video: {
    index: 0,
    codec: 'h264',
    profile: 'High',
    pixelFormat: 'yuv420p',
    codedWidth: 320,
    codedHeight: 180,
    width: 320,
    height: 180,
    rotation: 0,
    squarePixels: true,
    interlaced: false,
    hdr: false,
    rate: { num: 25, den: 1 },
    variableRate: false,
    durationSeconds: 1,
    bitRate: 1,
  },
})

/** Our own call; answers with the sizes of what was made. */
async function encodedFrom(folder: string, demuxer: string): Promise<boolean> {
  const probe = pretended(demuxer)
  const ladder = ladderOf(probe)
  const chunk = { index: 0, firstSegment: 0, firstFrame: 0, frames: null, fromSeconds: 0, toSeconds: 1, aboutSeconds: 1 }
  const outputs = ladder.video.map((rendition) => ({ rendition, skipFrames: 0, sound: null }))
  const job = { probe, ladder, chunk, outputs, soundOnly: null, poster: false, thumbs: null }
  await ffprobe(folder, probeArguments(demuxer), signal).catch(() => '')
  return ffmpeg(folder, videoArguments(job), signal, 'whenever').then(
    () => true,
    () => false,
  )
}

describe('given straight to our call of ffmpeg', () => {
  test.each(hostile)('%s is refused', async (_, make) => {
    const bytes = Buffer.from(make())
    const folder = await mkdtemp(join(root, 'job-'))
    await writeFile(join(folder, 'source'), bytes)
    const before = hits
    // The one that it would get (most get none: they are refused before), then the two that read the most kinds of files.
    const own = demuxerOf(bytes.subarray(0, 1024))
    for (const demuxer of new Set([own ?? 'mov', 'mov', 'mpegts'])) expect(await encodedFrom(folder, demuxer), demuxer).toBe(false)
    // No foreign byte: nothing that was made has a picture in it.
    for (const name of await readdir(folder))
      if (name.endsWith('.mp4'))
        expect((await ffmpegBy(folder, '-i', name, '-f', 'null', '-').catch(() => 'none')).includes('frame=   2')).toBe(false)
    expect(hits).toBe(before)
  })

  test('the same call encodes a video: what refuses is the file, not the call', async () => {
    const folder = await mkdtemp(join(root, 'job-'))
    await ffmpegBy(folder, '-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25', '-t', '1', '-c:v', 'libx264', '-f', 'mp4', 'source')
    expect(await encodedFrom(folder, 'mov')).toBe(true)
  })

  test('without our options ffmpeg reads the other file: what the tests above would see', async () => {
    const folder = await mkdtemp(join(root, 'job-'))
    await writeFile(join(folder, 'upload.mp4'), hls(`file://${secret}`))
    expect(await ffmpegBy(folder, '-i', 'upload.mp4', '-frames:v', '3', 'stolen.mp4')).toMatch(/frame= +3/)
  })
})

test('ffmpeg has no network where this machine allows to take it away', async () => {
  const { wrap, networkless, warnings } = await tools()
  const guards = wrap('whenever').filter((it) => !it.startsWith('--as='))
  if (!networkless) return expect(warnings.join(' ')).toContain('unshare')
  const folder = await mkdtemp(join(root, 'net-'))
  const before = hits
  const program = `require('net').connect(${port}, '127.0.0.1').on('error', (e) => { console.log(e.code); process.exit(0) }).on('connect', () => process.exit(3))`
  const { stdout } = await run({ command: [...guards, process.execPath, '-e', program], folder })
  expect(stdout.trim()).toMatch(/ENETUNREACH|ECONNREFUSED|EADDRNOTAVAIL/)
  expect(hits).toBe(before)
})

test('ffmpeg gets no word of our environment, and may not write larger files or take more memory than we say', async () => {
  const folder = await mkdtemp(join(root, 'env-'))
  await mkdir(join(folder, 'x'))
  const wrap = (await tools()).wrap('whenever')
  const { stdout } = await run({ command: [...wrap, 'sh', '-c', 'env | cut -d= -f1 | sort | tr "\\n" " "; ulimit -v; nice'], folder })
  const [names = '', nice] = stdout.trim().split('\n')
  expect(names).toMatch(/^(AV_LOG_FORCE_NOCOLOR )?LANG (OLDPWD )?PATH PWD /)
  expect(names).not.toMatch(/DATABASE|SECRET|KEY|TOKEN/)
  if (wrap.includes('prlimit')) expect(names).toMatch(/ 4194304$/)
  if (wrap.includes('nice')) expect(nice).toBe('19')
})

test('an encoder takes what others leave of the processors, also where the system shares them between sessions; what is waited for is before it', async () => {
  const said = async (priority: Priority) => {
    const group = '/proc/self/autogroup'
    const waits = `nice; test -e ${group} || exit 0; for try in $(seq 100); do grep -q "nice [1-9]" ${group} && break; sleep 0.05; done; cat ${group}`
    const command = [...(await tools()).wrap(priority), 'sh', '-c', waits]
    return (await run({ command, folder: root, priority })).stdout.trim().split('\n')
  }
  const shared = existsSync('/proc/self/autogroup')
  expect(await said('whenever')).toEqual(['19', ...(shared ? [expect.stringMatching(/ nice 8$/)] : [])])
  expect(await said('soon')).toEqual(['10', ...(shared ? [expect.stringMatching(/ nice 4$/)] : [])])
})

test('an encoder that stands still is ended with its group, and one that is not wanted any more at once', async () => {
  const folder = await mkdtemp(join(root, 'stall-'))
  const sleeping = run({ command: ['sh', '-c', 'sleep 333 & sleep 333'], folder, stallSeconds: 1 })
  await expect(sleeping).rejects.toMatchObject({ reason: 'stalled' })
  const stop = new AbortController()
  const unwanted = run({ command: ['sleep', '333'], folder, signal: stop.signal })
  stop.abort()
  await expect(unwanted).rejects.toMatchObject({ reason: 'aborted' })
})

test('every demuxer that is allowed is one that this ffmpeg knows', async () => {
  const { ffmpeg: path } = await tools()
  const { stdout } = await run({ command: [path, '-hide_banner', '-demuxers'], folder: root })
  for (const demuxer of demuxers) expect(stdout).toMatch(new RegExp(`^ D.? +([\\w,]*,)?${demuxer}(,[\\w,]*)? `, 'm'))
})
