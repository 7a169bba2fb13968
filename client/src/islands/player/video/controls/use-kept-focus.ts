// What had the focus may go (the button that plays, a settled question, a closed notice): the video takes it then, so that keys go on working.
import { type RefObject, useEffect, useRef } from 'react'

/** Looks after every drawing: what goes, goes by one. `begun`: the button that plays may have gone before this was here. */
export function useKeptFocus(box: RefObject<HTMLElement | null>, begun: boolean): void {
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
    if (begun) focusVideo(box.current)
  }, [begun, box])
  useEffect(() => {
    if (!last.current || last.current.isConnected) return
    last.current = null
    focusVideo(box.current)
  })
}

/** Never taken from anything else that has it. */
function focusVideo(box: HTMLElement | null): void {
  if (document.activeElement === document.body) box?.querySelector<HTMLElement>('media-controller')?.focus({ preventScroll: true })
}
