// What each part of a rule's card gets.
import type { AdvicePlanView } from '@cuepoint/contracts'
import type { DraftRule } from './draft-rules.ts'

export interface CardProps {
  readonly draft: DraftRule
  readonly number: number
  readonly view: AdvicePlanView
  readonly mayChange: boolean
  onChange(change: Partial<DraftRule>): void
}
