// Asks gently how far the score has come, until it has arrived; one that was refused is looked at now and then, because a teacher may have
// it sent again. Returns true when it takes unusually long.
import type { PlayerView } from '@cuepoint/contracts'
import { useEffect, useRef, useState } from 'react'
import { ApiProblem, call } from '../../../api/call.ts'

/** Pauses between two questions: the first, their growth, the longest; in ms. */
const FIRST = 1000
const GROWTH = 1.5
const LONGEST = 30_000
/** When the words say "still". */
const SLOW = 30_000
/** A result says `none` until a worker has looked at it; what still is `none` after this is not sent anywhere. */
const SETTLES = 15_000

/** `stale`: the player's view is older than the hand-in, so it is asked for at once. */
export function useFreshPlayer(player: PlayerView, stale: boolean, onPlayer: (player: PlayerView) => void): boolean {
  const [slow, setSlow] = useState(false)
  const latest = useRef(onPlayer)
  latest.current = onPlayer
  const { placementId } = player
  const ask = useRef(player.records && (stale || !isSettled(player, SETTLES) || isRefused(player)))
  useEffect(() => {
    if (!ask.current) return undefined
    const since = Date.now()
    let pause = FIRST
    let timer: ReturnType<typeof setTimeout> | undefined
    let gone = false
    const look = async () => {
      let done = false
      let refused = false
      try {
        const fresh = await call('GET /api/placements/:placementId/player', { params: { placementId } })
        if (gone) return
        latest.current(fresh)
        refused = isRefused(fresh)
        done = !refused && isSettled(fresh, Date.now() - since)
      } catch (error) {
        // No network: the next look tells. No session any more: the score travels without us.
        done = error instanceof ApiProblem && error.status < 500
      }
      setSlow(!done && !refused && Date.now() - since > SLOW)
      if (done || gone) return
      timer = setTimeout(() => void look(), refused ? LONGEST : pause)
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

function isSettled({ result }: PlayerView, after: number): boolean {
  const state = result?.sync.state ?? 'none'
  return state === 'none' ? after >= SETTLES : state !== 'waiting'
}

const isRefused = ({ result }: PlayerView): boolean => result?.sync.state === 'refused'
