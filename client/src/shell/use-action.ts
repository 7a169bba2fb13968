// Runs one asynchronous deed for a button: pending while it runs, its error kept to be shown, a second click while pending ignored.
import { useCallback, useRef, useState } from 'react'

export interface Action<A extends unknown[], R> {
  /** Undefined when it failed (see `error`) or when one is already running. */
  start(...args: A): Promise<R | undefined>
  pending: boolean
  error: unknown
  clear(): void
}

export function useAction<A extends unknown[], R>(run: (...args: A) => Promise<R>): Action<A, R> {
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const busy = useRef(false)
  const latest = useRef(run)
  latest.current = run
  const start = useCallback(async (...args: A): Promise<R | undefined> => {
    if (busy.current) return undefined
    busy.current = true
    setPending(true)
    setError(null)
    try {
      return await latest.current(...args)
    } catch (problem) {
      setError(problem)
      return undefined
    } finally {
      busy.current = false
      setPending(false)
    }
  }, [])
  const clear = useCallback(() => setError(null), [])
  return { start, pending, error, clear }
}
