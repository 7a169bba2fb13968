// What the rows of the media faults play with.
import type { MediaRoom } from '../../tests/_videos.ts'
import type { SmallDisk } from './small-disk.ts'
import type { MediaWeb } from './web.ts'
import type { MediaWorkers } from './workers.ts'

export interface QuietRun {
  clip: string
  /** Names of the segments when nothing happens: they are made of the segments' own bytes. */
  reference: string[]
  /** How long that takes. */
  usualMs: number
}

export interface MediaStage extends QuietRun {
  room: MediaRoom
  workers: MediaWorkers
  web: MediaWeb
  disk: SmallDisk
  /** A clip that is encoded in a moment. */
  short: QuietRun
  /** A whole file for uploads. */
  uploaded: Buffer
}
