// Where the author stands in the video.
import { useCallback, useEffect, useState } from 'react'

export interface Playhead {
  readonly at: number
  readonly length: number
  onVideo(video: HTMLVideoElement | null): void
  goTo(seconds: number): void
}

export function usePlayhead(length: number): Playhead {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const [at, setAt] = useState(0)
  useEffect(() => {
    if (!video) return undefined
    // Before it is fetched it stands at 0, whatever it was told.
    const look = () => video.readyState > 0 && setAt(video.currentTime)
    video.addEventListener('timeupdate', look)
    video.addEventListener('seeking', look)
    return () => {
      video.removeEventListener('timeupdate', look)
      video.removeEventListener('seeking', look)
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
  return { at, length, onVideo: setVideo, goTo }
}
