// One draft on the page: the keeper wired to the server's calls, and flushed when the page is hidden or left.
import type { ActivityDocument } from '@cuepoint/contracts'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { call } from '../../../api/call.ts'
import { type ActivityWith, DraftKeeper, type DraftPorts, type DraftView } from './draft-keeper.ts'

/** Browsers let a request outlive its page only below 64 KiB, all of them together. */
const KEEPALIVE_BYTES = 60_000

function portsOf<D extends ActivityDocument>(activityId: string): DraftPorts<D> {
  const params = { activityId }
  return {
    save: ({ revision, title, document }) => {
      const body = { revision, title, document }
      const keepalive = new Blob([JSON.stringify(body)]).size < KEEPALIVE_BYTES
      return call('PUT /api/activities/:activityId/draft', { params, body, keepalive })
    },
    load: () => call('GET /api/activities/:activityId', { params }),
    publish: (revision) => call('POST /api/activities/:activityId/publish', { params, body: { revision } }),
    now: () => Date.now(),
    later: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  }
}

export function useDraft<D extends ActivityDocument>(activity: ActivityWith<D>): { keeper: DraftKeeper<D>; view: DraftView<D> } {
  const [keeper] = useState(() => new DraftKeeper(activity, portsOf(activity.id)))
  const view = useSyncExternalStore(keeper.subscribe, keeper.view)
  useEffect(() => {
    const flush = () => void keeper.flush()
    const hide = () => document.visibilityState === 'hidden' && flush()
    const leave = (event: BeforeUnloadEvent) => {
      if (!keeper.unsaved) return
      flush()
      // The browser asks; by the time it is answered the save has usually landed.
      event.preventDefault()
    }
    document.addEventListener('visibilitychange', hide)
    addEventListener('pagehide', flush)
    addEventListener('online', flush)
    addEventListener('beforeunload', leave)
    return () => {
      document.removeEventListener('visibilitychange', hide)
      removeEventListener('pagehide', flush)
      removeEventListener('online', flush)
      removeEventListener('beforeunload', leave)
      flush()
      keeper.close()
    }
  }, [keeper])
  return { keeper, view }
}
