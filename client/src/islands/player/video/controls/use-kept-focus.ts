// What had the focus may go (a settled question, a closed notice): the video takes it then, so that keys go on working.
import { type RefObject, useEffect, useRef } from 'react'

/** Looks after every drawing: what goes, goes by one. */
export function useKeptFocus(box: RefObject<HTMLElement | null>): void {
  const last = useRef<Element | null>(null)
  useEffect(() => {
    const it = box.current
    const hear = ({ target }: FocusEvent) => {
      last.current = target instanceof Element ? target : null
    }
    it?.addEventListener('focusin', hear)
    return () => it?.removeEventListener('focusin', hear)
  }, [box])
  useEffect(() => {
    if (!last.current || last.current.isConnected) return
    last.current = null
    if (document.activeElement === document.body)
      box.current?.querySelector<HTMLElement>('media-controller')?.focus({ preventScroll: true })
  })
}
