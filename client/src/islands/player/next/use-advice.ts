// What is advised at a placement. Right after handing in it is still being worked out: it is asked for again, gently and not for ever.
import type { Advice } from '@cuepoint/contracts'
import { useEffect, useState } from 'react'
import { call } from '../../../api/call.ts'

/** Pauses between two questions, in ms. */
const FIRST = 600
const GROWTH = 1.6
const MOST = 9

export interface Known {
  /** null: not known yet. */
  advice: readonly Advice[] | null
  /** It may still come. */
  looking: boolean
}

/** Whatever goes wrong, there is simply no advice: nothing else of the page hangs on it. */
export function useAdvice(placementId: string): [Known, (advice: readonly Advice[]) => void] {
  const [known, setKnown] = useState<Known>({ advice: null, looking: true })
  useEffect(() => {
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async (turn: number) => {
      const here = await call('GET /api/placements/:placementId/advice', { params: { placementId } }).catch(() => null)
      if (gone) return
      const looking = turn < MOST && here?.ready !== true
      if (!looking) return setKnown({ advice: here?.advice ?? [], looking: false })
      timer = setTimeout(() => void look(turn + 1), FIRST * GROWTH ** turn)
    }
    void look(0)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [placementId])
  return [known, (advice) => setKnown({ advice, looking: false })]
}
