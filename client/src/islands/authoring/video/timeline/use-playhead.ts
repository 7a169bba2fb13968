// Where the author stands in the video; and, while questions are tried out, the one at which it has stopped.
import type { Cue } from '@cuepoint/contracts'
import { useCallback, useEffect, useRef, useState } from 'react'

export interface Playhead {
  readonly at: number
  readonly length: number
  readonly stops: boolean
  readonly stoppedAt: string | null
  onVideo(video: HTMLVideoElement | null): void
  goTo(seconds: number): void
  setStops(stops: boolean): void
  goOn(): void
}

export function usePlayhead(cues: readonly Cue[], length: number): Playhead {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const [at, setAt] = useState(0)
  const [stops, setStops] = useState(false)
  const [stoppedAt, setStoppedAt] = useState<string | null>(null)
  const latest = useRef({ cues, stops })
  latest.current = { cues, stops }
  useEffect(() => {
    if (!video) return undefined
    let before = video.currentTime
    const look = () => {
      const now = video.currentTime
      setAt(now)
      if (!video.paused && !video.seeking && latest.current.stops) {
        const cue = latest.current.cues.find(({ atSeconds }) => atSeconds > before && atSeconds <= now + 0.12)
        if (cue) {
          video.pause()
          setStoppedAt(cue.id)
        }
      }
      before = now
    }
    const seeking = () => {
      before = video.currentTime
      setAt(before)
      setStoppedAt(null)
    }
    const play = () => setStoppedAt(null)
    video.addEventListener('timeupdate', look)
    video.addEventListener('seeking', seeking)
    video.addEventListener('play', play)
    return () => {
      video.removeEventListener('timeupdate', look)
      video.removeEventListener('seeking', seeking)
      video.removeEventListener('play', play)
    }
  }, [video])
  const goTo = useCallback(
    (seconds: number) => {
      const to = Math.min(Math.max(0, seconds), length)
      setAt(to)
      if (video) video.currentTime = to
    },
    [video, length],
  )
  const goOn = useCallback(() => {
    setStoppedAt(null)
    void video?.play().catch(() => {})
  }, [video])
  return { at, length, stops, stoppedAt, onVideo: setVideo, goTo, setStops, goOn }
}
