/** A part of the page's own video that is to be played. */
export interface PlaySpan {
  readonly fromSeconds: number
  readonly toSeconds: number
  /** It was really played. */
  onPlayed(): void
}
