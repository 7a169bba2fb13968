/**
 * Plays, from `at` on where it is given (in seconds). A source that is just being attached aborts the wish to play: it is said again once
 * there is something to play, unless `signal` says that it is not wished any more.
 */
export async function startPlaying(video: HTMLVideoElement, at?: number, signal?: AbortSignal): Promise<void> {
  if (at !== undefined) video.currentTime = at
  try {
    await video.play()
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'AbortError') return
    const again = () => {
      if (at !== undefined && Math.abs(video.currentTime - at) > 1) video.currentTime = at
      void video.play().catch(() => {})
    }
    video.addEventListener('canplay', again, { once: true, ...(signal ? { signal } : {}) })
  }
}
