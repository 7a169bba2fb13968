// What a part shows, asked again every few seconds while the page is looked at. `again` asks at once, after a deed.
import { useCallback, useContext, useEffect, useRef, useState } from 'react'
import { ApiProblem } from '../../api/call.ts'
import { SessionOver } from './over.ts'

export interface Fresh<T> {
  /** The last good answer, kept while newer ones fail. */
  readonly data: T | null
  readonly error: unknown
  readonly at: Date | null
  again(): Promise<void>
}

/** `ask` must stay the same function (useCallback) as long as it asks for the same. `everyMs` 0 = only once. */
export function useFresh<T>(ask: () => Promise<T>, everyMs = 5000): Fresh<T> {
  const [state, setState] = useState<{ data: T | null; error: unknown; at: Date | null }>({ data: null, error: null, at: null })
  const over = useContext(SessionOver)
  const turn = useRef(0)
  const again = useCallback(async () => {
    const mine = ++turn.current
    try {
      const data = await ask()
      if (mine === turn.current) setState({ data, error: null, at: new Date() })
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) over()
      else if (mine === turn.current) setState((before) => ({ ...before, error }))
    }
  }, [ask, over])
  useEffect(() => {
    void again()
    const timer = everyMs > 0 ? setInterval(() => document.visibilityState === 'visible' && void again(), everyMs) : undefined
    return () => {
      turn.current++
      clearInterval(timer)
    }
  }, [again, everyMs])
  return { ...state, again }
}
