// What the player does of its own accord: it stops for a question, and goes where a wrong answer or a rule sends. It is told apart from what
// its viewer wishes, so that nobody takes a rule for somebody's confusion. Events of the element come later than the deed, hence the notes.
export interface OwnMoves {
  stop(video: HTMLVideoElement): void
  go(video: HTMLVideoElement, to: number): void
  /** Somebody pressed play, or went elsewhere. */
  wished(): void
  /** Was this pause the player's? Answered once for each. */
  stopped(): boolean
  went(to: number): boolean
}

/** Media elements round to their frames. */
const NEAR = 0.3

export function ownMoves(): OwnMoves {
  let stopping = false
  let target: number | null = null
  return {
    stop(video) {
      if (!video.paused) stopping = true
      video.pause()
    },
    go(video, to) {
      target = to
      video.currentTime = to
    },
    wished() {
      stopping = false
      target = null
    },
    stopped() {
      const was = stopping
      stopping = false
      return was
    },
    went(to) {
      const was = target !== null && Math.abs(target - to) < NEAR
      target = null
      return was
    },
  }
}
