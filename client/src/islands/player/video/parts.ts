// What the stage hands to each part of the room.
import type { AttemptView, LaunchData, VideoView } from '@cuepoint/contracts'
import type { RefObject } from 'react'
import type { Keep } from '../../../api/keep.ts'
import type { SavedAnswers, SavedState } from '../../../api/saved.ts'
import type { HeldSource } from './screen/use-source.ts'
import type { Viewing, ViewingState } from './viewing.ts'

/** An author tries the draft out: nothing is recorded, and checked answers are counted by this page alone. */
export interface TryOut {
  /** Where it begins: what comes before counts as watched and answered. */
  readonly from: number
  onAgain(from: number): void
  onBack(): void
}

export interface StageProps {
  /** null in a try-out. */
  readonly launch: LaunchData | null
  readonly tryOut?: TryOut
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
  /** How often answers changed since that was told, by question. */
  readonly changes: Map<string, number>
  readonly panel: Panel
  onPanel(panel: Panel): void
  play(): void
}
export type Panel = 'settings' | 'keys' | null
