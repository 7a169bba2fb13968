// The end of an attempt under way, kept true: the server tells whenever it moves (server-sent events, read by fetch streaming).
// Only while the page is seen: browsers allow few connections to one server, and eight tabs must not use them up.
import type { AttemptView } from '@cuepoint/contracts'
import { useEffect, useRef, useState } from 'react'
import { follow } from '../../api/follow.ts'

export interface Clock {
  readonly deadlineAt: string | null
  readonly serverNow: string
}
interface Told extends Clock {
  readonly state: AttemptView['state']
}

/** Pauses before trying again, in ms; the last one repeats. */
const pauses = [500, 1000, 2000, 5000, 15_000]

/** `onMoved` hears by how many seconds the end moved. */
export function useClock(attempt: AttemptView, records: boolean, onMoved: (seconds: number) => void): Clock {
  const { id, deadlineAt, serverNow } = attempt
  const [clock, setClock] = useState<Clock>({ deadlineAt, serverNow })
  const latest = useRef({ onMoved, deadlineAt })
  latest.current.onMoved = onMoved
  const listens = records && deadlineAt !== null
  useEffect(() => {
    if (!listens) return undefined
    let stop = new AbortController()
    let failures = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const hear = ({ state, ...told }: Told) => {
      failures = 0
      const before = latest.current.deadlineAt
      if (state !== 'open' || told.deadlineAt === before) return
      latest.current.deadlineAt = told.deadlineAt
      setClock(told)
      latest.current.onMoved(before && told.deadlineAt ? Math.round((Date.parse(told.deadlineAt) - Date.parse(before)) / 1000) : 0)
    }
    const listen = () => {
      clearTimeout(timer)
      stop.abort()
      if (document.visibilityState === 'hidden') return
      stop = new AbortController()
      const { signal } = stop
      void follow<Told>('/api/attempts/:attemptId/live', { attemptId: id }, hear, signal).then((lasting) => {
        if (signal.aborted || lasting) return
        timer = setTimeout(listen, pauses[Math.min(failures++, pauses.length - 1)])
      })
    }
    listen()
    document.addEventListener('visibilitychange', listen)
    window.addEventListener('online', listen)
    return () => {
      document.removeEventListener('visibilitychange', listen)
      window.removeEventListener('online', listen)
      clearTimeout(timer)
      stop.abort()
    }
  }, [id, listens])
  return clock
}
