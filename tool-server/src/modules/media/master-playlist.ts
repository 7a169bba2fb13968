// PURE: HLS playlists, written by us from what was measured: ffmpeg 5.1 writes the audio's bandwidth for every variant, 4.1 crashes.

export interface Segment {
  /** Name of the file beside the playlist. */
  name: string
  bytes: number
  seconds: number
}

/** Segments in a row that share an init segment. */
export interface Part {
  init: string
  segments: readonly Segment[]
}

export interface Variant {
  /** Folder of the rendition beside the master playlist. */
  name: string
  /** Of sound alone: null. */
  size: { width: number; height: number } | null
  frameRate: number | null
  codecs: readonly string[]
  parts: readonly Part[]
}

const time = (seconds: number): string => seconds.toFixed(6)

/** `ended`: all of it is there; else players come back for more. */
export function mediaPlaylist(parts: readonly Part[], { targetSeconds, ended }: { targetSeconds: number; ended: boolean }): string {
  const longest = Math.max(targetSeconds, ...parts.flatMap((part) => part.segments.map((it) => it.seconds)))
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.round(longest))}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    `#EXT-X-PLAYLIST-TYPE:${ended ? 'VOD' : 'EVENT'}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ]
  let init: string | undefined
  for (const part of parts) {
    if (part.segments.length === 0) continue
    if (part.init !== init) lines.push(`#EXT-X-MAP:URI="${part.init}"`)
    init = part.init
    for (const segment of part.segments) lines.push(`#EXTINF:${time(segment.seconds)},`, segment.name)
  }
  if (ended) lines.push('#EXT-X-ENDLIST')
  return `${lines.join('\n')}\n`
}

export interface Measured {
  /** Bits per second of the heaviest stretch that is as long as a segment at least, as RFC 8216 counts it. */
  peak: number
  average: number
  bytes: number
  seconds: number
}

export function measuredOf(parts: readonly Part[]): Measured {
  const segments = parts.flatMap((part) => part.segments)
  const bytes = segments.reduce((sum, it) => sum + it.bytes, 0)
  const seconds = segments.reduce((sum, it) => sum + it.seconds, 0)
  const target = Math.max(0, ...segments.map((it) => it.seconds))
  // A last segment of a few frames says nothing of a line's load.
  const whole = segments.filter((it) => it.seconds >= target / 2)
  const peak = Math.max(0, ...whole.map((it) => (it.bytes * 8) / it.seconds))
  return { peak: Math.ceil(peak), average: seconds > 0 ? Math.ceil((bytes * 8) / seconds) : 0, bytes, seconds }
}

/** Pictures first, from small to large: a player begins with the first one. Sound alone is the last resort. */
export function masterPlaylist(variants: readonly Variant[]): string {
  const height = (it: Variant) => it.size?.height ?? Number.POSITIVE_INFINITY
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS']
  for (const it of [...variants].sort((a, b) => height(a) - height(b))) {
    const { peak, average } = measuredOf(it.parts)
    const attributes = [
      `BANDWIDTH=${peak}`,
      `AVERAGE-BANDWIDTH=${Math.min(average, peak)}`,
      `CODECS="${it.codecs.join(',')}"`,
      ...(it.size ? [`RESOLUTION=${it.size.width}x${it.size.height}`] : []),
      ...(it.frameRate ? [`FRAME-RATE=${it.frameRate.toFixed(3)}`] : []),
    ]
    lines.push(`#EXT-X-STREAM-INF:${attributes.join(',')}`, `${it.name}/index.m3u8`)
  }
  return `${lines.join('\n')}\n`
}
