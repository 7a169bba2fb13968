import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ladderOf, withoutCopy } from './ladder.ts'
import { refusalOf } from './limits.ts'
import { type Probe, type ProbeAnswer, perSecond, probeOf } from './probe.ts'

type Stream = NonNullable<ProbeAnswer['streams']>[number]
const pictures: Stream = {
  index: 0,
  codec_type: 'video',
  codec_name: 'h264',
  profile: 'High',
  pix_fmt: 'yuv420p',
  width: 1920,
  height: 1080,
  r_frame_rate: '30/1',
  avg_frame_rate: '30/1',
  duration: '60.0',
  bit_rate: '4000000',
}
const sound: Stream = { index: 1, codec_type: 'audio', codec_name: 'aac', channels: 2, sample_rate: '48000' }
const of = (over: Stream | null, audio: Stream | null = sound, more: { duration?: string; demuxer?: string } = {}): Probe =>
  probeOf(
    {
      format: { duration: more.duration ?? '60.0' },
      streams: [...(over ? [{ ...pictures, ...over }] : []), ...(audio ? [audio] : [])],
    },
    more.demuxer ?? 'mov',
    30_000_000,
  )
const sizes = (probe: Probe) => withoutCopy(ladderOf(probe)).video.map((it) => `${it.width}x${it.height}`)

describe('sizes', () => {
  test.each<[string, Stream, string[]]>([
    ['a camera’s 1080p gives four', {}, ['1920x1080', '1280x720', '852x480', '640x360']],
    ['4K starts at 1080p', { width: 3840, height: 2160 }, ['1920x1080', '1280x720', '852x480', '640x360']],
    ['a small one is never made larger', { width: 320, height: 180 }, ['320x180']],
    ['a size between two steps keeps its own lines', { width: 768, height: 576 }, ['768x576', '480x360']],
    ['odd sizes become even, downwards', { width: 853, height: 479 }, ['852x478', '640x360']],
    ['an upright phone counts its short side', { width: 1080, height: 1920 }, ['1080x1920', '720x1280', '480x852', '360x640']],
    [
      'a phone that was turned is upright',
      { width: 1920, height: 1080, side_data_list: [{ rotation: -90 }] },
      ['1080x1920', '720x1280', '480x852', '360x640'],
    ],
    ['the older tag of a turned phone is read too', { width: 640, height: 360, tags: { rotate: '270' } }, ['360x640']],
    ['wide pixels are made square', { width: 720, height: 576, sample_aspect_ratio: '16:11' }, ['1046x576', '654x360']],
    ['very wide ones stay within what browsers decode', { width: 5000, height: 1000 }, ['2560x512', '1800x360']],
  ])('%s', (_, stream, expected) => {
    expect(sizes(of(stream))).toEqual(expected)
  })

  test('none is larger than the source, all are even, each is clearly smaller than the one before, and the shape stays', () => {
    const side = fc.integer({ min: 16, max: 4096 })
    fc.assert(
      fc.property(side, side, fc.constantFrom(0, 90, 180, -90), (width, height, rotation) => {
        const probe = of({ width, height, side_data_list: [{ rotation }] })
        const { video } = withoutCopy(ladderOf(probe))
        const seen = rotation % 180 === 0 ? { width, height } : { width: height, height: width }
        expect(video.length).toBeGreaterThan(0)
        expect(new Set(video.map((it) => it.name)).size).toBe(video.length)
        video.forEach((it, at) => {
          expect([it.width % 2, it.height % 2]).toEqual([0, 0])
          expect(it.width).toBeLessThanOrEqual(seen.width)
          expect(it.height).toBeLessThanOrEqual(seen.height)
          // Rounding to even numbers moves each side by less than two.
          const scale = Math.min(it.width, it.height) / Math.min(seen.width, seen.height)
          expect(Math.abs(it.width - seen.width * scale)).toBeLessThan(2 + (2 * seen.width) / Math.min(seen.width, seen.height))
          const before = video[at - 1]
          if (before) expect(Math.min(it.width, it.height)).toBeLessThanOrEqual(Math.min(before.width, before.height) * 0.82)
        })
      }),
    )
  })
})

describe('frames', () => {
  test.each<[string, Stream, number, number]>([
    ['television’s 29.97', { r_frame_rate: '30000/1001', avg_frame_rate: '30000/1001' }, 30_000 / 1001, 60],
    ['a phone whose frames come unevenly', { r_frame_rate: '90000/1', avg_frame_rate: '148500/5011' }, 30_000 / 1001, 60],
    ['120 a second become 60', { r_frame_rate: '120/1', avg_frame_rate: '120/1' }, 60, 120],
    ['slides with one frame a second', { r_frame_rate: '1/1', avg_frame_rate: '1/1' }, 5, 10],
  ])('%s', (_, stream, fps, gop) => {
    const ladder = ladderOf(of(stream))
    expect(perSecond(ladder.rate)).toBeCloseTo(fps, 6)
    expect(ladder.gopFrames).toBe(gop)
  })

  test('unevenly coming frames are noticed', () => {
    expect(of({ r_frame_rate: '90000/1', avg_frame_rate: '30/1' }).video?.variableRate).toBe(true)
    expect(of({}).video?.variableRate).toBe(false)
  })
})

describe('sound and light', () => {
  test('no sound, no sound track', () => {
    expect(ladderOf(of({}, null)).audio).toBeNull()
  })
  test('sound alone has no pictures, and a cover picture is no video', () => {
    expect(ladderOf(of(null))).toMatchObject({ video: [], copy: null, audio: { channels: 2, sampleRate: 48_000 } })
    expect(of({ codec_name: 'mjpeg', disposition: { attached_pic: 1 } }).video).toBeNull()
  })
  test('the rate of a CD is kept, others become 48 kHz; more than two channels become two', () => {
    const audio = (over: Stream) => ladderOf(of({}, { ...sound, ...over })).audio
    expect(audio({ sample_rate: '44100' })?.sampleRate).toBe(44_100)
    expect(audio({ sample_rate: '22050', channels: 1 })).toEqual({ sampleRate: 48_000, channels: 1, bitRate: 96_000 })
    expect(audio({ channels: 6 })?.channels).toBe(2)
  })
  test('HDR is mapped to what every screen shows; fields are joined to frames', () => {
    expect(ladderOf(of({ color_transfer: 'smpte2084' })).toneMap).toBe(true)
    expect(ladderOf(of({ color_transfer: 'arib-std-b67' })).toneMap).toBe(true)
    expect(ladderOf(of({})).toneMap).toBe(false)
    expect(ladderOf(of({ field_order: 'tt' })).deinterlace).toBe(true)
  })
})

describe('the source’s own pictures', () => {
  test('stand for the largest size where every browser can show them', () => {
    const ladder = ladderOf(of({}))
    expect(ladder.copy?.name).toBe('1080p')
    expect(ladder.video.map((it) => it.name)).toEqual(['720p', '480p', '360p'])
    expect(withoutCopy(ladder).video.map((it) => it.name)).toEqual(['1080p', '720p', '480p', '360p'])
  })
  test.each<[string, Stream, string?]>([
    ['another codec', { codec_name: 'hevc', profile: 'Main' }],
    ['ten bits', { pix_fmt: 'yuv420p10le', profile: 'High 10' }],
    ['4:2:2', { pix_fmt: 'yuv422p', profile: 'High 4:2:2' }],
    ['more than 1080 lines', { width: 2560, height: 1440 }],
    ['too heavy', { bit_rate: '12000000' }],
    ['turned', { side_data_list: [{ rotation: 90 }] }],
    ['pixels that are no squares', { sample_aspect_ratio: '4:3' }],
    ['fields', { field_order: 'tt' }],
    ['an odd size', { width: 1919, height: 1079 }],
    ['120 frames a second', { r_frame_rate: '120/1', avg_frame_rate: '120/1' }],
    ['a container without times', {}, 'avi'],
    ['nothing smaller beside it', { width: 640, height: 360 }],
  ])('are encoded: %s', (_, stream, demuxer = 'mov') => {
    expect(ladderOf(of(stream, sound, { demuxer })).copy).toBeNull()
  })
})

describe('what is refused', () => {
  test.each<[string, Probe, string, RegExp]>([
    ['10 hours in a header', of({}, sound, { duration: '36000' }), 'media_too_long', /10\.0 hours; up to 6/],
    ['8K', of({ width: 7680, height: 4320 }), 'media_too_large', /7680 x 4320/],
    ['1000 frames a second', of({ r_frame_rate: '1000/1', avg_frame_rate: '1000/1' }), 'media_too_fast', /1000 frames/],
    ['no length', of({}, sound, { duration: 'N/A' }), 'ok', /./],
    ['a codec that nobody knows', of({ codec_name: 'bink' }), 'media_codec', /bink/],
    ['a codec with a name that is no name', of({ codec_name: '<b>' }), 'media_codec', /\(unknown\)/],
    ['pictures of three pixels', of({ width: 3, height: 3 }), 'media_too_small', /3 x 3/],
    ['nothing in it', of(null, null), 'media_empty', /neither pictures nor sound/],
  ])('%s', (_, probe, code, words) => {
    const refusal = refusalOf(probe)
    if (code === 'ok') expect(refusal).toBeNull()
    else {
      expect(refusal?.code).toBe(code)
      expect(refusal?.message).toMatch(words)
    }
  })
  test('64 tracks', () => {
    const streams = [pictures, ...Array.from({ length: 64 }, (_, index) => ({ ...sound, index: index + 1 }))]
    expect(refusalOf(probeOf({ format: { duration: '1' }, streams }, 'mov', 1000))?.code).toBe('media_tracks')
  })
  test('4K with 240 frames a second is not', () => {
    expect(refusalOf(of({ width: 3840, height: 2160, r_frame_rate: '240/1', avg_frame_rate: '240/1' }))).toBeNull()
  })
})

test('whatever ffprobe says, a probe comes of it and no crash', () => {
  const nonsense = fc.oneof(fc.string(), fc.constantFrom('0/0', '1/0', '-1/5', 'N/A', 'nan', '1e309', '30000/1001'))
  const stream = fc.record(
    {
      codec_type: fc.constantFrom('video', 'audio', 'data', 'subtitle'),
      codec_name: nonsense,
      width: fc.integer(),
      height: fc.integer(),
      r_frame_rate: nonsense,
      avg_frame_rate: nonsense,
      sample_aspect_ratio: nonsense,
      duration: nonsense,
      bit_rate: nonsense,
      channels: fc.integer(),
      sample_rate: nonsense,
      tags: fc.record({ rotate: nonsense }),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.array(stream, { maxLength: 4 }), nonsense, (streams, duration) => {
      const probe = probeOf({ format: { duration }, streams } as ProbeAnswer, 'mov', 1000)
      if (refusalOf(probe) !== null) return
      const ladder = ladderOf(probe)
      expect(ladder.gopFrames).toBeGreaterThan(0)
      for (const it of ladder.video) expect(it.width * it.height).toBeGreaterThan(0)
    }),
  )
})
