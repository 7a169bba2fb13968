// The overview as it is now: the launch's first, then what the server says every few seconds.
import type { PlacementOverview } from '@cuepoint/contracts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem, call } from '../../api/call.ts'
import { Refresher } from './refresher.ts'

export interface LiveOverview {
  readonly overview: PlacementOverview
  readonly updatedAt: string
  readonly error: unknown
  readonly refreshing: boolean
  refresh(): Promise<void>
}

export function useOverview(first: PlacementOverview): LiveOverview {
  const { placementId } = first
  const [now, setNow] = useState({ overview: first, updatedAt: new Date().toISOString(), error: null as unknown })
  const [refreshing, setRefreshing] = useState(false)
  const refresher = useRef<Refresher<PlacementOverview> | null>(null)
  useEffect(() => {
    const own = new Refresher<PlacementOverview>({
      ask: () => call('GET /api/placements/:placementId/overview', { params: { placementId } }),
      tell: (overview) => setNow({ overview, updatedAt: new Date().toISOString(), error: null }),
      fail: (error) => setNow((before) => ({ ...before, error })),
      lasting: (error) => error instanceof ApiProblem && error.status < 500 && error.status !== 429,
      later: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    })
    const look = () => own.show(document.visibilityState === 'visible')
    own.start(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', look)
    refresher.current = own
    return () => {
      document.removeEventListener('visibilitychange', look)
      own.close()
    }
  }, [placementId])
  const refresh = useCallback(async () => {
    setRefreshing(true)
    await refresher.current?.refresh()
    setRefreshing(false)
  }, [])
  return { ...now, refreshing, refresh }
}
