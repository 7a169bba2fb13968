// Brings the video's bytes to the element: the browser's own HLS on Apple's, hls.js (light) elsewhere, loaded when first needed.
// Chromium answers "maybe" to HLS too, but offers no choice of quality and no say in how much is kept ahead for a bad line.
import type { Playback } from '@cuepoint/contracts'
import { nativeSource } from './native-source.ts'

/** One size the video comes in. `id` is `auto`, a number in hls.js's list or a playlist's address. */
export interface Quality {
  readonly id: string
  readonly height: number | null
}
export interface SourceWishes {
  readonly quality: string
  /** Smallest picture, little kept ahead. */
  readonly lowData: boolean
  readonly audioOnly: boolean
}
export interface SourceNews {
  qualities(list: readonly Quality[]): void
  /** lost: nothing arrives, it tries again by itself. gone: trying cannot help (the session is over, the file was deleted). */
  line(is: 'ok' | 'lost' | 'gone'): void
}
export interface Source {
  wish(wishes: SourceWishes): void
  /** Try again now. */
  again(): void
  close(): void
}

/** Where Media Source Extensions are missing (iPhones before 17.1), or the browser is Apple's own. */
const apples = (video: HTMLVideoElement) =>
  video.canPlayType('application/vnd.apple.mpegurl') !== '' && (navigator.vendor.startsWith('Apple') || !('MediaSource' in globalThis))

export async function openSource(
  video: HTMLVideoElement,
  playback: Playback,
  startAt: number,
  wishes: SourceWishes,
  news: SourceNews,
): Promise<Source> {
  if (apples(video)) return nativeSource(video, playback, startAt, wishes, news)
  const { hlsSource } = await import('./hls-source.ts')
  return hlsSource(video, playback, startAt, wishes, news)
}
