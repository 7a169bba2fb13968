import { expect, test } from 'vitest'
import { cutAdts } from './adts.ts'
import { demuxerOf } from './demuxer.ts'
import { masterPlaylist, measuredOf, mediaPlaylist } from './master-playlist.ts'
import { storyboardVtt } from './storyboard.ts'
import { nextOf } from './transcode/advancing.ts'
import { joinedPeaks, peaksOf } from './waveform.ts'

const parts = [
  {
    init: 'init-a.mp4',
    segments: [
      { name: '0-x.m4s', bytes: 400_000, seconds: 4 },
      { name: '1-x.m4s', bytes: 200_000, seconds: 4 },
    ],
  },
  { init: 'init-a.mp4', segments: [{ name: '2-x.m4s', bytes: 90_000, seconds: 0.5 }] },
]

test('bandwidth is measured: the heaviest segment, not a last one of half a second', () => {
  expect(measuredOf(parts)).toEqual({ peak: 800_000, average: Math.ceil((690_000 * 8) / 8.5), bytes: 690_000, seconds: 8.5 })
})

test('a playlist that still grows has no end; one that is whole has, and names its init segment once', () => {
  const growing = mediaPlaylist(parts, { targetSeconds: 4, ended: false })
  expect(growing).toContain('#EXT-X-PLAYLIST-TYPE:EVENT')
  expect(growing).not.toContain('ENDLIST')
  const whole = mediaPlaylist(parts, { targetSeconds: 4, ended: true })
  expect(whole.split('\n')).toEqual([
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-TARGETDURATION:4',
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    '#EXT-X-MAP:URI="init-a.mp4"',
    '#EXTINF:4.000000,',
    '0-x.m4s',
    '#EXTINF:4.000000,',
    '1-x.m4s',
    '#EXTINF:0.500000,',
    '2-x.m4s',
    '#EXT-X-ENDLIST',
    '',
  ])
})

test('the master playlist begins with the smallest pictures and ends with sound alone', () => {
  const variant = (name: string, height: number | null) => ({
    name,
    size: height === null ? null : { width: height * 2, height },
    frameRate: height === null ? null : 29.97,
    codecs: height === null ? ['mp4a.40.2'] : ['avc1.64001f', 'mp4a.40.2'],
    parts,
  })
  const lines = masterPlaylist([variant('720p', 720), variant('audio', null), variant('360p', 360)]).split('\n')
  expect(lines.filter((line) => line.endsWith('.m3u8'))).toEqual(['360p/index.m3u8', '720p/index.m3u8', 'audio/index.m3u8'])
  expect(lines[3]).toBe(
    '#EXT-X-STREAM-INF:BANDWIDTH=800000,AVERAGE-BANDWIDTH=649412,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=720x360,FRAME-RATE=29.970',
  )
})

test('a few chunks of a video are due at a time; copy and end come when what they need is there', () => {
  const row = (task: 'lead' | 'ladder' | 'copy' | 'finish', chunk: number, planned = false, done = false) => ({
    task,
    chunk,
    planned,
    done,
  })
  const rows = [row('lead', 0), ...[0, 1, 2, 3, 4].map((chunk) => row('ladder', chunk)), row('copy', 0), row('finish', 0)]
  const walk: string[][] = []
  for (;;) {
    const next = nextOf(rows)
    for (const it of rows) if (next.some((one) => one.task === it.task && one.chunk === it.chunk)) it.planned = true
    const first = rows.find((it) => it.planned && !it.done)
    if (!first) break
    walk.push(next.map((it) => `${it.task} ${it.chunk}`))
    first.done = true
  }
  expect(walk.map((it) => it.join())).toEqual([
    'lead 0,ladder 0,ladder 1,ladder 2',
    ...['ladder 3', 'ladder 4', '', '', '', 'copy 0', 'finish 0'],
  ])
})

test('peaks are the loudest of each tenth of a second, each piece at its place', () => {
  const loud = Buffer.alloc(1600 * 2)
  loud.writeInt16LE(-32_768, 10)
  loud.writeInt16LE(16_384, 801 * 2)
  expect(peaksOf(loud, 60)).toEqual({ from: 600, values: [100, 50] })
  expect(joinedPeaks([{ from: 3, values: [7, 8, 9] }], 0.5)).toEqual([0, 0, 0, 7, 8])
})

test('the storyboard says which part of the sheet belongs to which time', () => {
  const vtt = storyboardVtt(12, 2.002, 23.5, { width: 160, height: 90 }, 'storyboard.jpg')
  expect(vtt).toContain('00:00:00.000 --> 00:00:02.002\nstoryboard.jpg#xywh=0,0,160,90\n')
  expect(vtt).toContain('00:00:22.022 --> 00:00:23.500\nstoryboard.jpg#xywh=160,90,160,90\n')
})

test('frames of ADTS are cut whole; what is none is said to be none', () => {
  const frame = (length: number) => {
    const bytes = Buffer.alloc(length, length)
    bytes.writeUInt16BE(0xfff1, 0)
    bytes[3] = length >> 11
    bytes[4] = (length >> 3) & 0xff
    bytes[5] = (length & 7) << 5
    return bytes
  }
  const all = Buffer.concat([frame(10), frame(300), frame(20)])
  expect(cutAdts(all, 1, 2).equals(frame(300))).toBe(true)
  expect(cutAdts(all, 1, 9).length).toBe(320)
  expect(cutAdts(all, 5, 9).length).toBe(0)
  expect(() => cutAdts(Buffer.alloc(20), 0, 1)).toThrow('not ADTS')
})

test('the demuxer is told from the first bytes; playlists have none', () => {
  const head = (text: string, at = 0) => Buffer.concat([Buffer.alloc(at), Buffer.from(text, 'latin1'), Buffer.alloc(400)])
  expect(demuxerOf(head('ftypisom', 4))).toBe('mov')
  expect(demuxerOf(head('\x1aE\xdf\xa3'))).toBe('matroska')
  expect(demuxerOf(head('RIFF....AVI LIST'))).toBe('avi')
  expect(demuxerOf(head('ID3'))).toBe('mp3')
  expect(demuxerOf(head('\xff\xfb'))).toBe('mp3')
  expect(demuxerOf(head('\xff\xf1'))).toBe('aac')
  for (const text of ['#EXTM3U\n', 'ffconcat version 1.0\n', '<?xml version="1.0"?><MPD', 'v=0\no=- 0 0 IN IP4', '<svg', 'PK\x03\x04', ''])
    expect(demuxerOf(head(text)), text).toBeNull()
})
