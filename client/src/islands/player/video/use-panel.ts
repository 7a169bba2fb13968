// Which panel is open under the picture. Closed, it gives the focus back to what opened it.
import { useCallback, useRef, useState } from 'react'
import type { Panel } from './parts.ts'

export function usePanel(): [Panel, (panel: Panel) => void] {
  const [panel, setPanel] = useState<Panel>(null)
  const opener = useRef<HTMLElement | null>(null)
  const open = useRef<Panel>(null)
  const show = useCallback((next: Panel) => {
    const { activeElement } = document
    if (open.current === null && activeElement instanceof HTMLElement) opener.current = activeElement
    if (next === null) opener.current?.focus({ preventScroll: true })
    open.current = next
    setPanel(next)
  }, [])
  return [panel, show]
}
