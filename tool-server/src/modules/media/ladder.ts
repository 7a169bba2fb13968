// PURE: from what a file is to what is made of it: sizes down from its own, never up; sound; the top size copied where it may be.
import { type Probe, perSecond, type Rate, type VideoFacts } from './probe.ts'

/** Raise it when a change should reach what is encoded already: that is encoded anew, one after the other. 2: the init of sound has its decoder's configuration. */
export const ladderVersion = 2

export interface VideoRendition {
  /** By its short side, e.g. `720p`: it is also the name of its folder. */
  name: string
  width: number
  height: number
  /** Bits per second that the encoder may not exceed for long. */
  maxBitRate: number
}

export interface AudioRendition {
  bitRate: number
  sampleRate: number
  channels: 1 | 2
}

export interface Ladder {
  rate: Rate
  /** Frames from one key frame to the next: two seconds. */
  gopFrames: number
  /** Frames of one segment: two of those. */
  segmentFrames: number
  /** The largest first; without any, it is sound only. */
  video: VideoRendition[]
  /** The source's own pictures may stand beside them as the largest, if its key frames are near enough to each other. */
  copy: VideoRendition | null
  audio: AudioRendition | null
  toneMap: boolean
  deinterlace: boolean
}

const gopSeconds = 2
/** Of a copied rendition: a player must wait so long at most for a place to start from. */
export const copiedKeySeconds = 6
const gopsPerSegment = 2
const steps = [1080, 720, 480, 360] as const
const longestSide = 2560
const mostPerSecond = 60

const bitRates: readonly [lines: number, bitRate: number][] = [
  [1080, 6_000_000],
  [720, 3_200_000],
  [480, 1_500_000],
  [360, 900_000],
  [0, 600_000],
]

/** Beyond these a step saves too little over the next larger one. */
const worthwhile = 0.8

export function ladderOf(probe: Probe, lines: readonly number[] = steps): Ladder {
  const { video } = probe
  const rate = video ? encodedRate(video.rate) : { num: 25, den: 1 }
  const gopFrames = Math.max(1, Math.round(gopSeconds * perSecond(rate)))
  const sizes = video ? sizesOf(video, lines) : []
  const renditions = sizes.map((size) => ({ ...size, maxBitRate: bitRateOf(size, perSecond(rate)) }))
  const [top] = renditions
  const copied = video && top && renditions.length > 1 && mayBeCopied(probe, video, top)
  return {
    rate,
    gopFrames,
    segmentFrames: gopFrames * gopsPerSegment,
    video: copied ? renditions.slice(1) : renditions,
    copy: copied ? top : null,
    audio: probe.audio ? audioOf(probe.audio) : null,
    toneMap: video?.hdr ?? false,
    deinterlace: video?.interlaced ?? false,
  }
}

/** The same where the copy turned out not to be allowed. */
export function withoutCopy(ladder: Ladder): Ladder {
  return ladder.copy ? { ...ladder, video: [ladder.copy, ...ladder.video], copy: null } : ladder
}

function encodedRate(rate: Rate): Rate {
  if (perSecond(rate) <= mostPerSecond) return rate
  // 120 and 240 become 60 by leaving frames out evenly.
  for (let every = 2; ; every++) {
    const slower = { num: rate.num, den: rate.den * every }
    if (perSecond(slower) <= mostPerSecond + 0.1) return perSecond(slower) > 40 ? slower : { num: mostPerSecond, den: 1 }
  }
}

function sizesOf(video: VideoFacts, lines: readonly number[]): { name: string; width: number; height: number }[] {
  const short = Math.min(video.width, video.height)
  const long = Math.max(video.width, video.height)
  const top = Math.min(short, Math.max(...lines), Math.floor((short * longestSide) / long))
  const below: number[] = []
  for (const step of lines) if (step <= (below.at(-1) ?? top) * worthwhile) below.push(step)
  return [top, ...below].map((step) => {
    const scale = step / short
    return { name: `${step}p`, width: even(video.width * scale), height: even(video.height * scale) }
  })
}

/** The even number at or below: H.264 with 4:2:0 knows no odd sizes. */
function even(length: number): number {
  return Math.max(2, Math.floor(Math.round(length * 1000) / 1000 / 2 + 1e-9) * 2)
}

function bitRateOf(size: { width: number; height: number }, fps: number): number {
  const short = Math.min(size.width, size.height)
  const [, rate = 600_000] = bitRates.find(([lines]) => short >= lines * 0.95) ?? []
  return fps > 40 ? Math.round(rate * 1.4) : rate
}

function audioOf({ sampleRate, channels }: { sampleRate: number; channels: number }): AudioRendition {
  // What stays at its rate needs no resampler, so that pieces fit to each other to the sample.
  return {
    sampleRate: sampleRate === 44_100 ? 44_100 : 48_000,
    channels: channels === 1 ? 1 : 2,
    bitRate: channels === 1 ? 96_000 : 128_000,
  }
}

const copiedProfiles = ['Constrained Baseline', 'Baseline', 'Main', 'High']

/** H.264 that every browser decodes, upright, no larger than our top size would be; key frames are looked at apart. */
function mayBeCopied(probe: Probe, video: VideoFacts, top: VideoRendition): boolean {
  return (
    ['mov', 'matroska', 'mpegts'].includes(probe.demuxer) &&
    video.codec === 'h264' &&
    copiedProfiles.includes(video.profile) &&
    video.pixelFormat === 'yuv420p' &&
    video.rotation === 0 &&
    video.squarePixels &&
    !video.interlaced &&
    !video.hdr &&
    perSecond(video.rate) <= mostPerSecond &&
    video.codedWidth === top.width &&
    video.codedHeight === top.height &&
    Math.min(video.codedWidth, video.codedHeight) <= 1080 &&
    Math.max(video.codedWidth, video.codedHeight) <= 1920 &&
    video.bitRate !== null &&
    video.bitRate <= top.maxBitRate * 1.25
  )
}
