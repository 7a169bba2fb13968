// One view of the video for as long as its page is shown, as React sees it.
import type { AttemptView, VideoView } from '@cuepoint/contracts'
import { type RefObject, useEffect, useState, useSyncExternalStore } from 'react'
import { openViewing, type Viewing, type ViewingOptions, type ViewingState } from './viewing.ts'

export function useViewing(
  video: RefObject<HTMLVideoElement | null>,
  attempt: AttemptView,
  view: VideoView,
  options: ViewingOptions,
): { viewing: Viewing; now: ViewingState } {
  const [viewing] = useState(() => openViewing(attempt, view, options))
  useEffect(() => {
    const detach = video.current ? viewing.attach(video.current) : undefined
    return () => {
      detach?.()
      viewing.close()
    }
  }, [viewing, video])
  return { viewing, now: useSyncExternalStore(viewing.subscribe, viewing.state) }
}
