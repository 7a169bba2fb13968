// Fetches one language's captions as lines; null until they are here.
import { useCallback, useEffect, useState } from 'react'
import { type Line, linesIn } from './vtt.ts'

export function useTranscript(url: string | null): { lines: Line[] | null; failed: boolean; again(): void } {
  const [got, setGot] = useState<{ url: string; lines: Line[] } | null>(null)
  const [failed, setFailed] = useState(false)
  const [turn, setTurn] = useState(0)
  const known = got?.url === url
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is the reason to fetch again
  useEffect(() => {
    if (url === null || known) return undefined
    const leaving = new AbortController()
    setFailed(false)
    fetch(url, { signal: leaving.signal })
      .then(async (response) => {
        if (!response.ok) throw new Error(String(response.status))
        setGot({ url, lines: linesIn(await response.text()) })
      })
      .catch(() => leaving.signal.aborted || setFailed(true))
    return () => leaving.abort()
  }, [url, known, turn])
  return { lines: known ? (got?.lines ?? null) : null, failed, again: useCallback(() => setTurn((before) => before + 1), []) }
}
