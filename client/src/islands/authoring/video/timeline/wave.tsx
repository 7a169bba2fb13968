// How loud it is along the timeline: over the pictures, or in their place where there is only sound.
import { useEffect, useState } from 'react'

/** More columns than this are not told apart. */
const COLUMNS = 600

/** The loudest of each column, 0 to 100. Pure. */
export function columnsOf(peaks: readonly number[], most = COLUMNS): number[] {
  const count = Math.min(most, peaks.length)
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * peaks.length) / count)
    const to = Math.max(from + 1, Math.floor(((at + 1) * peaks.length) / count))
    return peaks.slice(from, to).reduce((loudest, one) => Math.max(loudest, one), 0)
  })
}

export function Wave({ url, alone }: { url: string | null; alone: boolean }) {
  const [columns, setColumns] = useState<readonly number[]>([])
  useEffect(() => {
    setColumns([])
    if (url === null) return undefined
    const leaving = new AbortController()
    fetch(url, { signal: leaving.signal })
      .then(async (response) => {
        if (response.ok) setColumns(columnsOf(((await response.json()) as { peaks: number[] }).peaks))
      })
      // Without it the timeline is as good as before.
      .catch(() => {})
    return () => leaving.abort()
  }, [url])
  if (columns.length === 0) return null
  // A quiet recording is seen as well as a loud one; a silent one is not made loud.
  const loudest = Math.max(10, ...columns)
  const top = columns.map((value, at) => `L${at} ${Math.round(100 - (99 * value) / loudest) - 1}`).join('')
  return (
    <svg
      className={`vau-wave${alone ? ' vau-wave-alone' : ''}`}
      viewBox={`0 0 ${Math.max(1, columns.length - 1)} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={`M0 100${top}L${columns.length - 1} 100z`} fill="currentColor" />
    </svg>
  )
}
