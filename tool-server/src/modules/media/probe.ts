// PURE: what ffprobe said of a file, in our words: sizes as they are seen (turned, with square pixels), the true frame rate.

/** As ffprobe writes it; every field may be missing or nonsense. */
export interface ProbeAnswer {
  format?: { duration?: string; start_time?: string; bit_rate?: string }
  streams?: readonly ProbeStream[]
}
interface ProbeStream {
  index?: number
  codec_type?: string
  codec_name?: string
  profile?: string
  level?: number
  pix_fmt?: string
  width?: number
  height?: number
  sample_aspect_ratio?: string
  field_order?: string
  color_transfer?: string
  color_primaries?: string
  r_frame_rate?: string
  avg_frame_rate?: string
  duration?: string
  bit_rate?: string
  sample_rate?: string
  channels?: number
  disposition?: { attached_pic?: number; default?: number }
  tags?: { rotate?: string }
  side_data_list?: readonly { rotation?: number }[]
}

/** Frames per second as a fraction, e.g. 30000/1001. */
export interface Rate {
  num: number
  den: number
}

export interface VideoFacts {
  index: number
  codec: string
  profile: string
  pixelFormat: string
  /** As stored. */
  codedWidth: number
  codedHeight: number
  /** As it is to be seen: turned upright, pixels square. */
  width: number
  height: number
  /** Degrees by which a player must turn it: 0, 90, 180 or 270. */
  rotation: number
  squarePixels: boolean
  interlaced: boolean
  /** PQ or HLG. */
  hdr: boolean
  rate: Rate
  /** Frames do not come at even distances. */
  variableRate: boolean
  /** null = the file does not say. */
  durationSeconds: number | null
  bitRate: number | null
}

export interface AudioFacts {
  index: number
  codec: string
  channels: number
  sampleRate: number
}

export interface Probe {
  /** The demuxer that was forced. */
  demuxer: string
  durationSeconds: number
  tracks: number
  video: VideoFacts | null
  audio: AudioFacts | null
}

/** Of several tracks the first that is marked as default, else the first; a cover picture is no video. */
export function probeOf(answer: ProbeAnswer, demuxer: string, bytes: number): Probe {
  const streams = answer.streams ?? []
  const video = chosen(streams.filter((it) => it.codec_type === 'video' && !it.disposition?.attached_pic && (it.width ?? 0) > 0))
  const audio = chosen(streams.filter((it) => it.codec_type === 'audio' && (it.channels ?? 0) > 0))
  const seconds = number(answer.format?.duration) ?? number(video?.duration) ?? number(audio?.duration) ?? 0
  const overall = number(answer.format?.bit_rate) ?? (seconds > 0 ? (bytes * 8) / seconds : null)
  return {
    demuxer,
    durationSeconds: seconds,
    tracks: streams.length,
    video: video ? videoFacts(video, overall) : null,
    audio: audio
      ? {
          index: audio.index ?? 0,
          codec: audio.codec_name ?? '',
          channels: audio.channels ?? 1,
          sampleRate: number(audio.sample_rate) ?? 0,
        }
      : null,
  }
}

function chosen(streams: readonly ProbeStream[]): ProbeStream | undefined {
  return streams.find((it) => it.disposition?.default === 1) ?? streams[0]
}

function videoFacts(it: ProbeStream, overallBitRate: number | null): VideoFacts {
  const codedWidth = it.width ?? 0
  const codedHeight = it.height ?? 0
  const pixel = fraction(it.sample_aspect_ratio?.replace(':', '/'))
  const aspect = pixel && pixel.num !== pixel.den ? pixel.num / pixel.den : 1
  const rotation = rotationOf(it)
  // Pixels that are no squares are made wider, or lines fewer: never more of either than there is in the long run.
  const upright = { width: aspect >= 1 ? codedWidth * aspect : codedWidth, height: aspect >= 1 ? codedHeight : codedHeight / aspect }
  const turned = rotation % 180 === 90
  const average = fraction(it.avg_frame_rate)
  const base = fraction(it.r_frame_rate)
  const { rate, variable } = rateOf(average, base)
  return {
    index: it.index ?? 0,
    codec: it.codec_name ?? '',
    profile: it.profile ?? '',
    pixelFormat: it.pix_fmt ?? '',
    codedWidth,
    codedHeight,
    width: Math.round(turned ? upright.height : upright.width),
    height: Math.round(turned ? upright.width : upright.height),
    rotation,
    squarePixels: aspect === 1,
    interlaced: ['tt', 'bb', 'tb', 'bt'].includes(it.field_order ?? ''),
    hdr: it.color_transfer === 'smpte2084' || it.color_transfer === 'arib-std-b67',
    rate,
    variableRate: variable,
    durationSeconds: number(it.duration),
    bitRate: number(it.bit_rate) ?? overallBitRate,
  }
}

function rotationOf(it: ProbeStream): number {
  // ffprobe counts anticlockwise in the side data (5.x), clockwise in the tag (4.x).
  const matrix = it.side_data_list?.find((data) => data.rotation !== undefined)?.rotation
  const degrees = matrix === undefined ? Number(it.tags?.rotate ?? 0) : -matrix
  return Number.isFinite(degrees) ? (((Math.round(degrees / 90) * 90) % 360) + 360) % 360 : 0
}

/** Rates that cameras and editors make. */
const usualRates: readonly Rate[] = [
  { num: 5, den: 1 },
  { num: 10, den: 1 },
  { num: 12, den: 1 },
  { num: 15, den: 1 },
  { num: 20, den: 1 },
  { num: 24_000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30_000, den: 1001 },
  { num: 30, den: 1 },
  { num: 48, den: 1 },
  { num: 50, den: 1 },
  { num: 60_000, den: 1001 },
  { num: 60, den: 1 },
]
export const perSecond = (rate: Rate): number => rate.num / rate.den

/** The usual rate nearest to the true one. A true rate beyond 60 stays as it is: what it is encoded with, the ladder says. */
function rateOf(average: Rate | null, base: Rate | null): { rate: Rate; variable: boolean } {
  const given = average ?? base ?? { num: 25, den: 1 }
  const fps = perSecond(given)
  const variable = average !== null && base !== null && Math.abs(perSecond(base) - fps) > fps * 0.002
  if (fps > 61) return { rate: given, variable }
  const away = (rate: Rate) => Math.abs(perSecond(rate) / fps - 1)
  const nearest = usualRates.reduce((best, rate) => (away(rate) < away(best) ? rate : best))
  return { rate: nearest, variable }
}

function number(text: string | undefined): number | null {
  const value = Number(text)
  return text !== undefined && text !== '' && Number.isFinite(value) && value > 0 ? value : null
}

function fraction(text: string | undefined): Rate | null {
  const [num, den] = (text ?? '').split('/').map(Number)
  return num && den && num > 0 && den > 0 && Number.isFinite(num / den) ? { num, den } : null
}
