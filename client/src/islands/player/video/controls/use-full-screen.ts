// Full screen of the whole room, so that questions stay. Where the browser has none for elements (iPhone) or the LMS's frame does not allow
// it, the room fills the frame instead: an iPhone's own full screen of the video would hide the questions.
import { type RefObject, useCallback, useEffect, useState } from 'react'
import { announce } from '../../../../shell/live-region.tsx'
import { t } from '../words.ts'

export interface FullScreen {
  readonly on: boolean
  toggle(): void
}

const FILLS = 'cpv-fills'

export function useFullScreen(box: RefObject<HTMLDivElement | null>): FullScreen {
  const [on, setOn] = useState(false)
  useEffect(() => {
    const hear = () => setOn(document.fullscreenElement === box.current && box.current !== null)
    document.addEventListener('fullscreenchange', hear)
    return () => document.removeEventListener('fullscreenchange', hear)
  }, [box])
  const fill = useCallback(
    (is: boolean) => {
      box.current?.classList.toggle(FILLS, is)
      setOn(is)
    },
    [box],
  )
  const toggle = useCallback(() => {
    const it = box.current
    if (!it) return
    const leaves = document.fullscreenElement !== null || it.classList.contains(FILLS)
    announce(t(leaves ? 'fullNowOff' : 'fullNow'))
    if (it.classList.contains(FILLS)) fill(false)
    else if (document.fullscreenElement) void document.exitFullscreen()
    else if (document.fullscreenEnabled && it.requestFullscreen) it.requestFullscreen().catch(() => fill(true))
    else fill(true)
  }, [box, fill])
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && box.current?.classList.contains(FILLS)) fill(false)
    }
    document.addEventListener('keydown', leave)
    return () => document.removeEventListener('keydown', leave)
  }, [box, fill])
  return { on, toggle }
}
