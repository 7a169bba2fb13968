// What was pressed to take an activity goes with its tab: the focus goes on at the activity's own box in the list.
import { useEffect, useState } from 'react'
import { rowId } from './activity-row.tsx'

/** The tab that holds the list is still hidden when it is chosen; it is there within this many frames. */
const FRAMES = 60

export function useTakenFocus(): (activityId: string) => void {
  const [taken, setTaken] = useState<{ id: string } | null>(null)
  useEffect(() => {
    if (!taken) return undefined
    let left = FRAMES
    let frame = 0
    const look = () => {
      const box = document.getElementById(rowId(taken.id))
      if (box?.checkVisibility()) return box.focus()
      left -= 1
      if (left > 0) frame = requestAnimationFrame(look)
    }
    look()
    return () => cancelAnimationFrame(frame)
  }, [taken])
  return (id) => setTaken({ id })
}
