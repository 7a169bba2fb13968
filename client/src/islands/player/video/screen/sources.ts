// What every way of bringing the video's bytes offers, and hears.
/** One size the video comes in. `id` is `auto`, a number in hls.js's list or a playlist's address. */
export interface Quality {
  readonly id: string
  readonly height: number | null
}
export interface SourceWishes {
  readonly quality: string
  /** Smallest picture, little kept ahead. */
  readonly lowData: boolean
  readonly audioOnly: boolean
}
export interface SourceNews {
  qualities(list: readonly Quality[]): void
  /** lost: nothing arrives, it tries again by itself. gone: trying cannot help (the session is over, the file was deleted). */
  line(is: 'ok' | 'lost' | 'gone'): void
}
export interface Source {
  wish(wishes: SourceWishes): void
  /** Try again now. */
  again(): void
  close(): void
}
