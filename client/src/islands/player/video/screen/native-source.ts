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
  // Where it goes on once the length is known: until then the element itself stands paused at 0, also after a try that failed.
  let goesOn: { at: number; plays: boolean; speed: number } | null = null
  function load(at?: number): void {
    const { at: stood, plays, speed } = goesOn ?? { at: video.currentTime, plays: false, speed: video.playbackRate }
    goesOn = { at: at ?? stood, plays: plays || !video.paused, speed }
    video.src = address()
    video.load()
  }
  function again(): void {
    clearTimeout(timer)
    if (video.error || video.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) load()
  }
  // Safari takes no position before it knows the length.
  video.addEventListener(
    'loadedmetadata',
    () => {
      news.line('ok')
      if (!goesOn) return
      const { at, plays, speed } = goesOn
      goesOn = null
      if (at > 0) video.currentTime = at
      video.playbackRate = speed
      if (plays) void video.play().catch(() => {})
    },
    { signal },
  )
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
  load(startAt)
  void variantsOf(playback.hlsUrl).then((list) => {
    variants = list
    news.qualities(list.map(({ height }, at) => ({ id: String(at), height })))
    if (wishes.lowData) load()
  })
  return {
    wish(next) {
      const before = address()
      wishes = next
      if (address() !== before) load()
    },
    again,
    close() {
      clearTimeout(timer)
      listening.abort()
      video.removeAttribute('src')
    },
  }
}
