// The browser's own HLS (Safari, all of iOS). A choice of quality is the variant's own playlist; a lost line is tried again from where it stood.
import type { Playback } from '@cuepoint/contracts'
import type { Source, SourceNews, SourceWishes } from './sources.ts'
import { variantsOf } from './variants.ts'

const RETRY_MS = 5000

export function nativeSource(video: HTMLVideoElement, playback: Playback, startAt: number, first: SourceWishes, news: SourceNews): Source {
  let wishes = first
  let variants: { url: string; height: number | null }[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const listening = new AbortController()
  const { signal } = listening

  function address(): string {
    if (wishes.audioOnly && playback.audioOnlyUrl) return playback.audioOnlyUrl
    if (wishes.lowData && variants[0]) return variants[0].url
    return wishes.quality === 'auto' ? playback.hlsUrl : (variants[Number(wishes.quality)]?.url ?? playback.hlsUrl)
  }
  function load(at: number, plays: boolean): void {
    const { playbackRate } = video
    video.src = address()
    // Safari takes no position before it knows the length.
    video.addEventListener(
      'loadedmetadata',
      () => {
        if (at > 0) video.currentTime = at
        video.playbackRate = playbackRate
        news.line('ok')
        if (plays) void video.play().catch(() => {})
      },
      { once: true, signal },
    )
    video.load()
  }
  function again(): void {
    clearTimeout(timer)
    if (video.error || video.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) load(video.currentTime, !video.paused)
  }
  video.addEventListener(
    'error',
    () => {
      news.line('lost')
      clearTimeout(timer)
      timer = setTimeout(again, RETRY_MS)
    },
    { signal },
  )
  video.addEventListener('progress', () => news.line('ok'), { signal })
  window.addEventListener('online', again, { signal })
  load(startAt, false)
  void variantsOf(playback.hlsUrl).then((list) => {
    variants = list
    news.qualities(list.map(({ height }, at) => ({ id: String(at), height })))
    if (wishes.lowData) load(video.currentTime, !video.paused)
  })
  return {
    wish(next) {
      const before = address()
      wishes = next
      if (address() !== before) load(video.currentTime, !video.paused)
    },
    again,
    close() {
      clearTimeout(timer)
      listening.abort()
      video.removeAttribute('src')
    },
  }
}
