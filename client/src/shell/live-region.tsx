// Speaks to screen readers: announce('Saved') is read when the reader is idle, announce(text, 'assertive') at once.
import { useEffect, useState } from 'react'

type Manner = 'polite' | 'assertive'
let speak: (text: string, manner: Manner) => void = () => {}

export function announce(text: string, manner: Manner = 'polite'): void {
  speak(text, manner)
}

/** The two live regions of the page; Shell renders them once. */
export function LiveRegions() {
  const [said, setSaid] = useState({ polite: '', assertive: '' })
  useEffect(() => {
    let turn = false
    speak = (text, manner) => {
      // The same words twice are only read twice when the node's text differs.
      turn = !turn
      setSaid((before) => ({ ...before, [manner]: turn ? text : `${text}\u00a0` }))
    }
    return () => {
      speak = () => {}
    }
  }, [])
  return (
    <div className="cp-sr">
      <div aria-live="polite">{said.polite}</div>
      <div aria-live="assertive">{said.assertive}</div>
    </div>
  )
}
