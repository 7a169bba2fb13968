// Clips made on the spot, hostile files, and tus as a client speaks it.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestSchool, Wire } from './_app.ts'

const run = promisify(execFile)

/** A short clip of moving bars with a tone, made by ffmpeg; `options` come before the file's name. */
export async function makeClip(ending = 'mp4', seconds = 2, options: string[] = []): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'cuepoint-clip-'))
  const file = join(folder, `clip.${ending}`)
  const picture = ['-f', 'lavfi', '-i', `testsrc2=duration=${seconds}:size=320x180:rate=25`]
  const sound = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`]
  try {
    await run('ffmpeg', ['-v', 'error', ...picture, ...sound, '-shortest', ...options, file])
    return await readFile(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** An AVI head with a text stream that carries a playlist: the GAB2 trick. */
function gab2(): Buffer {
  const chunk = (id: string, body: Buffer) => {
    const head = Buffer.alloc(8)
    head.write(id, 0, 'latin1')
    head.writeUInt32LE(body.length, 4)
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
  }
  const list = (type: string, ...parts: Buffer[]) => chunk('LIST', Buffer.concat([Buffer.from(type, 'latin1'), ...parts]))
  const stream = list(
    'strl',
    chunk('strh', Buffer.concat([Buffer.from('txts', 'latin1'), Buffer.alloc(52)])),
    chunk('strf', Buffer.alloc(8)),
  )
  const hdrl = list('hdrl', chunk('avih', Buffer.alloc(56)), stream)
  const movi = list('movi', chunk('00tx', Buffer.from('GAB2\0#EXTM3U\nfile:///etc/passwd\n', 'latin1')))
  return chunk('RIFF', Buffer.concat([Buffer.from('AVI ', 'latin1'), hdrl, movi]))
}

/** Files that must never reach ffmpeg, by what they are. */
export const hostile: Record<string, Buffer> = {
  'an HLS playlist': Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'),
  'an HLS playlist behind a byte order mark and spaces': Buffer.from('\ufeff  \n#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1/\n'),
  'an HLS playlist in UTF-16': Buffer.from('\ufeff#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n', 'utf16le'),
  'a DASH manifest': Buffer.from('<?xml version="1.0"?><MPD><Period><BaseURL>http://127.0.0.1/</BaseURL></Period></MPD>'),
  'an ffconcat script': Buffer.from('ffconcat version 1.0\nfile other.mp4\n'),
  'a concat list': Buffer.from("file '/etc/passwd'\n"),
  'a session description': Buffer.from('v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nc=IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n'),
  'an AVI with a playlist in its text stream': gab2(),
  'a zip bomb’s head': Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'), Buffer.alloc(200)]),
  'a gzip': Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(200)]),
  'a web page': Buffer.from('<!doctype html><script>alert(1)</script>'),
  'an SVG': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  'a PDF': Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'),
  'a program': Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(200)]),
  'random bytes': Buffer.from(Array.from({ length: 5000 }, (_none, at) => (at * 7919 + 13) % 251)),
  'a picture': Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
}

export interface TusAnswer {
  status: number
  offset: number | null
  type: string
  json: Wire
}

const b64 = (text: string): string => Buffer.from(text).toString('base64')

async function answerOf(answer: Response): Promise<TusAnswer> {
  const text = await answer.text()
  const offset = answer.headers.get('upload-offset')
  return {
    status: answer.status,
    offset: offset === null ? null : Number(offset),
    type: answer.headers.get('content-type') ?? '',
    json: text.startsWith('{') ? JSON.parse(text) : undefined,
  }
}

/** tus as `token` speaks it with a school's tool. */
export function tusAs({ origin }: Pick<TestSchool, 'origin'>, token: string) {
  const headers = { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' }
  const bytes = { ...headers, 'content-type': 'application/offset+octet-stream' }
  return {
    async begin(
      length: number,
      name = 'clip.mp4',
      more: Record<string, string> = {},
    ): Promise<TusAnswer & { url: string; assetId: string }> {
      const metadata = `filename ${b64(name)}`
      const answer = await fetch(`${origin}/api/uploads`, {
        method: 'POST',
        headers: { ...headers, 'upload-length': String(length), 'upload-metadata': metadata, ...more },
      })
      const location = answer.headers.get('location') ?? ''
      return { ...(await answerOf(answer)), url: new URL(location, origin).href, assetId: location.split('/').at(-1) ?? '' }
    },
    async send(url: string, offset: number, body: Uint8Array): Promise<TusAnswer> {
      return answerOf(await fetch(url, { method: 'PATCH', headers: { ...bytes, 'upload-offset': String(offset) }, body: body as never }))
    },
    async ask(url: string): Promise<TusAnswer> {
      return answerOf(await fetch(url, { method: 'HEAD', headers }))
    },
    async giveUp(url: string): Promise<TusAnswer> {
      return answerOf(await fetch(url, { method: 'DELETE', headers }))
    },
    /** Begins and sends all of it. */
    async upload(file: Buffer, name?: string): Promise<TusAnswer & { url: string; assetId: string }> {
      const begun = await this.begin(file.length, name)
      if (begun.status !== 201) return begun
      return { ...begun, ...(await this.send(begun.url, 0, file)) }
    },
  }
}
