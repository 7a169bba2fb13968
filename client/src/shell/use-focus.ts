// Moves focus to a heading when its page or step appears, so that a screen reader reads it and Tab goes on from there.
import { useEffect, useRef } from 'react'

/** Focuses its element when shown, and again whenever `step` changes. The LMS page around the frame does not scroll. */
export function useFocusOnShow<E extends HTMLElement>(step: unknown = null) {
  const node = useRef<E>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step is the reason to focus again
  useEffect(() => node.current?.focus({ preventScroll: true }), [step])
  return node
}
