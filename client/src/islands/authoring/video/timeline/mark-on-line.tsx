// One mark on the timeline: dragged, moved by arrow keys, or clicked to go there. Its card has a field and a button for the same.
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { preciseClockOf } from '../../../../shell/clock-time.ts'
import { announce } from '../../../../shell/live-region.tsx'
import { vt } from '../words.ts'

interface Props {
  readonly kind: 'cue' | 'chapter'
  readonly name: string
  readonly text: string
  readonly at: number
  readonly length: number
  readonly chosen: boolean
  /** Seconds under a place of the page. */
  secondsAt(clientX: number): number
  onMove(to: number): void
  onChoose(): void
}

/** A finger that moves less than this has clicked, in pixels. */
const SLOP = 4

export function MarkOnLine({ kind, name, text, at, length, chosen, secondsAt, onMove, onChoose }: Props) {
  const from = useRef<number | null>(null)
  const [drag, setDrag] = useState<number | null>(null)
  const dragged = useRef(false)
  const shown = drag ?? at
  const moveTo = (to: number) => {
    const next = Math.round(Math.min(Math.max(0, to), length) * 10) / 10
    if (next === at) return
    onMove(next)
    announce(vt('markMoved', { name, time: preciseClockOf(next) }), 'assertive')
  }
  const press = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 5 : event.altKey ? 0.1 : 1
    const to = {
      ArrowLeft: at - step,
      ArrowDown: at - step,
      ArrowRight: at + step,
      ArrowUp: at + step,
      PageDown: at - 10,
      PageUp: at + 10,
      Home: 0,
      End: length,
    }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      moveTo(to)
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      onChoose()
    }
  }
  const down = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    from.current = event.clientX
    dragged.current = false
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent) => {
    if (from.current === null) return
    if (!dragged.current && Math.abs(event.clientX - from.current) < SLOP) return
    dragged.current = true
    setDrag(Math.min(Math.max(0, secondsAt(event.clientX)), length))
  }
  const up = () => {
    if (from.current === null) return
    from.current = null
    if (dragged.current && drag !== null) moveTo(drag)
    else onChoose()
    setDrag(null)
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      className={`vau-mark vau-mark-${kind}`}
      data-chosen={chosen}
      style={{ left: `${(100 * shown) / Math.max(1, length)}%` }}
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={Math.round(length)}
      aria-valuenow={Math.round(shown)}
      aria-valuetext={preciseClockOf(shown)}
      onKeyDown={press}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={() => {
        from.current = null
        setDrag(null)
      }}
    >
      <span>{drag === null ? text : preciseClockOf(drag)}</span>
    </div>
  )
}
