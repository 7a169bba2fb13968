// The parts of the administration: one line each. The address names the part after its #, so that back and reload work.
import type { ComponentType } from 'react'

export interface Part {
  /** In the address: /admin#name/rest. */
  readonly name: string
  readonly title: string
  readonly Page: ComponentType<{ rest: string }>
}

export const parts: readonly Part[] = []
