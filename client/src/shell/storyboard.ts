// The storyboard's parts: a WebVTT whose cues name parts of a sprite (`storyboard.jpg#xywh=0,0,160,90`).
import { useEffect, useState } from 'react'

export interface Frame {
  readonly from: number
  readonly url: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function framesIn(vtt: string, base: string): Frame[] {
  const frames: Frame[] = []
  for (const block of vtt.replace(/\r\n?/g, '\n').split(/\n{2,}/)) {
    const match = /(?:(\d+):)?(\d{2}):(\d{2}\.\d{3}) --> .*\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)/.exec(block)
    if (!match) continue
    const [, hours, minutes, seconds, name = '', x, y, width, height] = match
    frames.push({
      from: Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds),
      url: new URL(name, base).href,
      x: Number(x),
      y: Number(y),
      width: Number(width),
      height: Number(height),
    })
  }
  return frames
}

/** Empty until it is here, and where there is none. */
export function useStoryboard(url: string | null): readonly Frame[] {
  const [frames, setFrames] = useState<readonly Frame[]>([])
  useEffect(() => {
    setFrames([])
    if (url === null) return undefined
    const leaving = new AbortController()
    fetch(url, { signal: leaving.signal })
      .then(async (response) => {
        if (response.ok) setFrames(framesIn(await response.text(), new URL(url, location.href).href))
      })
      .catch(() => {})
    return () => leaving.abort()
  }, [url])
  return frames
}
