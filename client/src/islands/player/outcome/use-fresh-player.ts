// Asks gently how far the score has come, until it has arrived or was refused. Returns true when it takes unusually long.
import type { PlayerView } from '@cuepoint/contracts'
import { useEffect, useRef, useState } from 'react'
import { call } from '../../../api/call.ts'

/** First pause between two questions, its growth, its end, and when the words say "still", in ms. */
const FIRST = 2000
const GROWTH = 1.4
const LONGEST = 30_000
const SLOW = 30_000

/** `stale`: the player's view is older than the hand-in, so it is asked for at once. */
export function useFreshPlayer(player: PlayerView, stale: boolean, onPlayer: (player: PlayerView) => void): boolean {
  const [slow, setSlow] = useState(false)
  const settled = player.result !== null && player.result.sync.state !== 'waiting'
  const latest = useRef(onPlayer)
  latest.current = onPlayer
  const { placementId } = player
  const ask = useRef(stale || (!settled && player.records))
  useEffect(() => {
    if (!ask.current) return undefined
    const since = Date.now()
    let pause = FIRST
    let timer: ReturnType<typeof setTimeout> | undefined
    let gone = false
    const look = async () => {
      let done = false
      try {
        const fresh = await call('GET /api/placements/:placementId/player', { params: { placementId } })
        if (gone) return
        latest.current(fresh)
        done = fresh.result !== null && fresh.result.sync.state !== 'waiting'
      } catch {
        // No network: the next look tells.
      }
      setSlow(!done && Date.now() - since > SLOW)
      if (done || gone) return
      timer = setTimeout(() => void look(), pause)
      pause = Math.min(pause * GROWTH, LONGEST)
    }
    void look()
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [placementId])
  return slow
}
