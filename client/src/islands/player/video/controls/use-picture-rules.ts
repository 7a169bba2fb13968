// While a question is due there is no picture in picture: the question would be out of sight. An iPhone's own full screen is left at once.
import { type RefObject, useEffect } from 'react'

export function usePictureRules(video: RefObject<HTMLVideoElement | null>, due: boolean): void {
  useEffect(() => {
    const it = video.current as (HTMLVideoElement & { webkitDisplayingFullscreen?: boolean; webkitExitFullscreen?(): void }) | null
    if (!it) return
    it.disablePictureInPicture = due
    if (!due) return
    if (document.pictureInPictureElement === it) void document.exitPictureInPicture().catch(() => {})
    if (it.webkitDisplayingFullscreen) it.webkitExitFullscreen?.()
  }, [video, due])
}
