// Brings the video's bytes to the element: the browser's own HLS on Apple's, hls.js (light) elsewhere, loaded when first needed.
// Chromium answers "maybe" to HLS too, but offers no choice of quality and no say in how much is kept ahead for a bad line.
import type { Playback } from '@cuepoint/contracts'
import { nativeSource } from './native-source.ts'
import type { Source, SourceNews, SourceWishes } from './sources.ts'

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
