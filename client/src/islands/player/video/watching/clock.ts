// Follows a video element: what of it is played, and tells at play, pause, seek, end, hide and every five seconds.
import { Played, type PlayedStretch } from './played.ts'

export interface ClockNews {
  /** `why` names the moment; `leaving`: the page may be gone. */
  report(played: PlayedStretch[], why: 'play' | 'pause' | 'seek' | 'end' | 'speed' | 'beat', at: number, leaving: boolean): void
  /** The clock went on by playing, from the moment before. */
  moved(from: number, to: number): void
  /** Somebody has put the clock elsewhere: by a control, by the browser's own, by a script. */
  jumped(from: number, to: number): void
}

const BEAT_MS = 5000

export function followClock(video: HTMLVideoElement, news: ClockNews): () => void {
  const played = new Played()
  const listening = new AbortController()
  const { signal } = listening
  let seen = video.currentTime
  const on = (event: string, hear: () => void) => video.addEventListener(event, hear, { signal })
  const report = (why: Parameters<ClockNews['report']>[1], leaving = false) => news.report(played.take(), why, video.currentTime, leaving)

  on('playing', () => {
    if (!played.running) played.start(video.currentTime, video.playbackRate)
    report('play')
  })
  on('timeupdate', () => {
    if (video.seeking) return
    const before = seen
    seen = video.currentTime
    if (!video.paused || video.ended) played.reach(seen)
    if (seen !== before) news.moved(before, seen)
  })
  on('waiting', () => played.stop(video.currentTime))
  on('pause', () => {
    played.stop(video.seeking ? null : video.currentTime)
    if (!video.ended) report('pause')
  })
  on('ended', () => {
    played.stop(video.currentTime)
    report('end')
  })
  on('seeking', () => {
    played.stop(null)
    const from = seen
    seen = video.currentTime
    // What was played up to here counts as seen before it is asked whether one may go there.
    const before = played.take()
    if (before.length > 0) news.report(before, 'seek', from, false)
    if (Math.abs(from - seen) > 0.01) news.jumped(from, seen)
  })
  on('seeked', () => {
    seen = video.currentTime
    if (!video.paused) played.start(seen, video.playbackRate)
    report('seek')
  })
  on('ratechange', () => {
    if (!played.running) return
    played.start(video.currentTime, video.playbackRate)
    report('speed')
  })

  const beat = setInterval(() => played.running && report('beat'), BEAT_MS)
  // Both: a phone may end a page without pagehide, a closed tab without a change of visibility.
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'hidden') report('beat', true)
    },
    { signal },
  )
  window.addEventListener('pagehide', () => report('beat', true), { signal })
  return () => {
    clearInterval(beat)
    played.stop(video.currentTime)
    report('pause', true)
    listening.abort()
  }
}
