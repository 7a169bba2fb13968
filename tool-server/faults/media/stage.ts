// What the rows of the media faults play with.
import type { MediaRoom } from '../../tests/_videos.ts'
import type { MediaWorkers } from './workers.ts'

export interface MediaStage {
  room: MediaRoom
  workers: MediaWorkers
  clip: string
  /** Names of the segments when nothing happens: they are made of the segments' own bytes. */
  reference: string[]
  /** How long that takes. */
  usualMs: number
}
