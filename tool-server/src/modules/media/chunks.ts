// PURE: the grid of a video: chunks of about a minute, cut at whole segments, and which frames of sound belong to each.
import { perSecond, type Rate } from './probe.ts'

const chunkSeconds = 60
/** AAC codes 1024 samples at a time. */
export const samplesPerFrame = 1024
/** The smallest rendition's beginning is made first, so that there is something to play. */
const leadSegments = 1

export interface Chunk {
  index: number
  /** Number of its first segment in every rendition. */
  firstSegment: number
  firstFrame: number
  /** null: to the end of the file. */
  frames: number | null
  fromSeconds: number
  /** Where the next one begins, to the bit; of the last one about the end of the file. */
  toSeconds: number
  /** About how many seconds it has, the last one too. */
  aboutSeconds: number
}

export interface Grid {
  rate: Rate
  segmentFrames: number
}

/** Chunks that cover `durationSeconds`; `atOnce` of them at least, where it is long enough, so that each processor has work. */
export function chunksOf(durationSeconds: number, { rate, segmentFrames }: Grid, atOnce = 2): Chunk[] {
  const segmentSeconds = segmentFrames / perSecond(rate)
  const segments = Math.max(1, Math.ceil(durationSeconds / segmentSeconds - 0.02))
  const most = Math.max(1, Math.round(chunkSeconds / segmentSeconds))
  const least = 2
  const size = Math.min(most, Math.max(least, Math.ceil(segments / atOnce)))
  // A rest that is hardly worth a process of its own goes with the chunk before it.
  const count = Math.max(1, Math.ceil(segments / size - 0.34))
  return Array.from({ length: count }, (_, index) => {
    const firstSegment = index * size
    const last = index === count - 1
    const firstFrame = firstSegment * segmentFrames
    return {
      index,
      firstSegment,
      firstFrame,
      frames: last ? null : size * segmentFrames,
      fromSeconds: firstFrame / perSecond(rate),
      toSeconds: last ? durationSeconds : (firstFrame + size * segmentFrames) / perSecond(rate),
      aboutSeconds: last ? Math.max(0.1, durationSeconds - firstSegment * segmentSeconds) : size * segmentSeconds,
    }
  })
}

/** The beginning of the first chunk, made before all others; null where that would be the whole of it anyway. */
export function leadOf(first: Chunk, { rate, segmentFrames }: Grid): Chunk | null {
  const frames = leadSegments * segmentFrames
  const seconds = frames / perSecond(rate)
  if (first.aboutSeconds <= seconds * 1.5) return null
  return { index: 0, firstSegment: 0, firstFrame: 0, frames, fromSeconds: 0, toSeconds: seconds, aboutSeconds: seconds }
}

/** The number of the AAC frame with which sound begins that goes with pictures from `seconds` on. */
export function audioFrameAt(seconds: number, sampleRate: number): number {
  return Math.round((seconds * sampleRate) / samplesPerFrame)
}
