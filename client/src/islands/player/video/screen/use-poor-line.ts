// A line that cannot carry the picture: it stood still twice within a minute while playing, or once for long.
import { type RefObject, useCallback, useEffect, useState } from 'react'

const WITHIN_MS = 60_000
/** A standstill shorter than this is no trouble. */
const LONG_MS = 1500
/** One that lasts so long is enough, where there is a line at all. */
const ENDLESS_MS = 8000

export function usePoorLine(video: RefObject<HTMLVideoElement | null>, asks: boolean): { is: boolean; dismiss(): void } {
  const [is, setIs] = useState(false)
  useEffect(() => {
    const it = video.current
    if (!it || !asks) return undefined
    let stood: number[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const wait = () => {
      clearTimeout(timer)
      if (it.seeking) return
      timer = setTimeout(() => {
        stood = [...stood.filter((at) => Date.now() - at < WITHIN_MS), Date.now()]
        if (stood.length >= 2) setIs(true)
        else timer = setTimeout(() => navigator.onLine && setIs(true), ENDLESS_MS - LONG_MS)
      }, LONG_MS)
    }
    const go = () => clearTimeout(timer)
    it.addEventListener('waiting', wait)
    it.addEventListener('playing', go)
    it.addEventListener('pause', go)
    return () => {
      clearTimeout(timer)
      it.removeEventListener('waiting', wait)
      it.removeEventListener('playing', go)
      it.removeEventListener('pause', go)
    }
  }, [video, asks])
  const dismiss = useCallback(() => setIs(false), [])
  return { is: is && asks, dismiss }
}
