// Speed and loudness come back as they were left.
import { type RefObject, useEffect } from 'react'
import { keepPrefs, readPrefs } from '../prefs.ts'

export function useKeptPrefs(video: RefObject<HTMLVideoElement | null>, maxSpeed: number): void {
  useEffect(() => {
    const it = video.current
    if (!it) return undefined
    const { speed, volume } = readPrefs()
    // Both: a new source takes the default.
    it.playbackRate = it.defaultPlaybackRate = Math.min(speed, maxSpeed)
    it.volume = volume
    const keep = () => {
      it.defaultPlaybackRate = it.playbackRate
      keepPrefs({ ...readPrefs(), speed: it.playbackRate, volume: it.volume })
    }
    it.addEventListener('ratechange', keep)
    it.addEventListener('volumechange', keep)
    return () => {
      it.removeEventListener('ratechange', keep)
      it.removeEventListener('volumechange', keep)
    }
  }, [video, maxSpeed])
}
