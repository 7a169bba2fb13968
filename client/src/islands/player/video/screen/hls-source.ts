// HLS through hls.js (light). Its worker stays off: fMP4 needs no remuxing, and the page's CSP allows no worker from a blob.
import type { Playback } from '@cuepoint/contracts'
import Hls from 'hls.js/light'
import type { Source, SourceNews, SourceWishes } from './sources.ts'

const AHEAD = { plenty: 60, little: 12 }
const RETRY_MS = 3000
/** Tries to begin anew at one place of the video after the browser refused what came. */
const RECOVERIES = 2

export function hlsSource(video: HTMLVideoElement, playback: Playback, startAt: number, first: SourceWishes, news: SourceNews): Source {
  let wishes = first
  let applied = -1
  let recovered = 0
  let brokeAt = -1
  let hls = open(startAt)
  let timer: ReturnType<typeof setTimeout> | undefined

  function open(at: number): Hls {
    const it = new Hls({
      enableWorker: false,
      startPosition: at,
      // The smallest first: something shows soon; better ones follow when the line carries them.
      startLevel: 0,
      capLevelToPlayerSize: true,
      maxBufferLength: wishes.lowData ? AHEAD.little : AHEAD.plenty,
      maxMaxBufferLength: wishes.lowData ? AHEAD.little : AHEAD.plenty * 2,
      backBufferLength: 60,
    })
    applied = -1
    it.on(Hls.Events.MANIFEST_PARSED, () => {
      news.qualities(it.levels.map(({ height }, at) => ({ id: String(at), height: height || null })))
      apply()
    })
    it.on(Hls.Events.FRAG_LOADED, () => news.line('ok'))
    it.on(Hls.Events.ERROR, (_, { fatal, type, response }) => {
      const refused = response?.code === 403 || response?.code === 404 || response?.code === 410
      if (refused && fatal) return news.line('gone')
      if (type === Hls.ErrorTypes.NETWORK_ERROR) {
        news.line('lost')
        if (fatal) later()
      } else if (fatal) {
        // What this browser cannot take it cannot take the third time either: fetched over and over, it would only load line and server.
        if (Math.abs(video.currentTime - brokeAt) > 1) recovered = 0
        brokeAt = video.currentTime
        if (type === Hls.ErrorTypes.MEDIA_ERROR && recovered++ < RECOVERIES) it.recoverMediaError()
        else news.line('gone')
      }
    })
    it.loadSource((wishes.audioOnly && playback.audioOnlyUrl) || playback.hlsUrl)
    it.attachMedia(video)
    return it
  }

  function again(): void {
    clearTimeout(timer)
    // Without a manifest there is nothing to go on with.
    if (hls.levels.length === 0) hls.loadSource((wishes.audioOnly && playback.audioOnlyUrl) || playback.hlsUrl)
    else hls.startLoad(video.currentTime)
  }
  function later(): void {
    clearTimeout(timer)
    timer = setTimeout(again, RETRY_MS)
  }
  function apply(): void {
    if (wishes.audioOnly) return
    const level = wishes.lowData ? 0 : wishes.quality === 'auto' ? -1 : Number(wishes.quality)
    if (level !== applied) hls.nextLevel = applied = level
  }

  window.addEventListener('online', again)
  return {
    wish(next) {
      const reopens = next.audioOnly !== wishes.audioOnly || next.lowData !== wishes.lowData
      wishes = next
      if (!reopens) return apply()
      const { currentTime, paused, playbackRate } = video
      hls.destroy()
      hls = open(currentTime)
      video.playbackRate = playbackRate
      if (!paused) void video.play().catch(() => {})
    },
    again,
    close() {
      clearTimeout(timer)
      window.removeEventListener('online', again)
      hls.destroy()
    },
  }
}
