// Tells a screen reader how saving goes: trouble at once, "saved" only after it or after a pause, never at every letter.
import { useEffect, useRef } from 'react'
import { announce } from '../../shell/live-region.tsx'
import type { SaveState } from './draft/draft-keeper.ts'
import { sayState } from './save-state.tsx'

const CALM_MS = 3_000

export function useSaveAnnounced(save: SaveState): void {
  const before = useRef(save)
  const inTrouble = useRef(false)
  const { at } = save
  useEffect(() => {
    if (before.current === save) return
    before.current = save
    const bad = at === 'failed' || at === 'conflict'
    if (bad && !inTrouble.current) announce(sayState(save), 'assertive')
    if (at === 'saved') {
      const back = inTrouble.current
      inTrouble.current = false
      const timer = setTimeout(() => announce(sayState(save)), back ? 0 : CALM_MS)
      return () => clearTimeout(timer)
    }
    if (bad) inTrouble.current = true
    return undefined
  }, [save, at])
}
