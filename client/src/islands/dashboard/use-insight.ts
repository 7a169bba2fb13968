// The figures of a placement, fetched again when the server says that they have changed, not more than once in three seconds.
import type { PlacementInsight } from '@cuepoint/contracts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../api/call.ts'
import { follow } from '../../api/follow.ts'

const restMs = 3000

/** What the calls of the dashboard are asked for beside their path. */
export type AskedNaming = { as: 'pseudonyms' } | undefined

export interface Live {
  insight: PlacementInsight | null
  error: unknown
  /** false: the page does not hear of changes now. */
  live: boolean
  again(): void
}

export function useInsight(placementId: string, versionId: string, naming: AskedNaming): Live {
  const [insight, setInsight] = useState<PlacementInsight | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [live, setLive] = useState(true)
  const latest = useRef('')
  const fetchNow = useCallback(async () => {
    const asked = `${versionId} ${naming?.as}`
    latest.current = asked
    try {
      const fresh = await call('GET /api/placements/:placementId/insight/:versionId', {
        params: { placementId, versionId },
        query: naming,
      })
      if (latest.current !== asked) return
      setInsight(fresh)
      setError(null)
    } catch (problem) {
      setError(problem)
    }
  }, [placementId, versionId, naming])
  useEffect(() => void fetchNow(), [fetchNow])
  useEffect(() => {
    const leaving = new AbortController()
    let waiting: ReturnType<typeof setTimeout> | undefined
    const changed = () => {
      waiting ??= setTimeout(() => {
        waiting = undefined
        void fetchNow()
      }, restMs)
    }
    const hear = async () => {
      for (let tries = 0; !leaving.signal.aborted; tries++) {
        const over = await follow<{ changed: boolean }>(
          '/api/placements/:placementId/insight-live',
          { placementId },
          (event) => {
            setLive(true)
            tries = 0
            if (event.changed) changed()
          },
          leaving.signal,
        )
        if (leaving.signal.aborted || over) return
        if (tries > 0) setLive(false)
        await new Promise((later) => setTimeout(later, Math.min(30_000, 1000 * 2 ** tries)))
        // What was told meanwhile was not heard.
        changed()
      }
    }
    void hear()
    return () => {
      leaving.abort()
      clearTimeout(waiting)
    }
  }, [placementId, fetchNow])
  return { insight, error, live, again: () => void fetchNow() }
}
