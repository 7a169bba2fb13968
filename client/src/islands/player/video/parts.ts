// What the stage hands to each part of the room.
import type { AttemptView, LaunchData, VideoView } from '@cuepoint/contracts'
import type { RefObject } from 'react'
import type { Keep } from '../../../api/keep.ts'
import type { SavedAnswers, SavedState } from '../../../api/saved.ts'
import type { HeldSource } from './screen/use-source.ts'
import type { Viewing, ViewingState } from './viewing.ts'

export interface StageProps {
  readonly launch: LaunchData
  readonly attempt: AttemptView
  readonly records: boolean
  readonly keep: Promise<Keep>
  onSubmitted(attempt: AttemptView): void
  onElsewhere(): void
}

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
