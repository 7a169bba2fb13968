// What the stage hands to each part of the room.
import type { VideoView } from '@cuepoint/contracts'
import type { RefObject } from 'react'
import type { SavedAnswers, SavedState } from '../../../api/saved.ts'
import type { HeldSource } from './screen/use-source.ts'
import type { StageProps } from './stage.tsx'
import type { Viewing, ViewingState } from './viewing.ts'

export interface RoomParts extends StageProps {
  readonly view: VideoView
  readonly box: RefObject<HTMLDivElement | null>
  readonly video: RefObject<HTMLVideoElement | null>
  readonly answers: SavedAnswers
  readonly saved: SavedState
  readonly source: HeldSource
  readonly viewing: Viewing
  readonly now: ViewingState
  /** Play was pressed at least once. */
  readonly begun: boolean
  readonly panel: Panel
  onPanel(panel: Panel): void
  play(): void
}
export type Panel = 'settings' | 'keys' | null
