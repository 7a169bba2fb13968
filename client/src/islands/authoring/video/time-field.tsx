// A moment, typed as people write it. What is no moment is said so, and the last good one stays.
import { TextInput } from '@instructure/ui-text-input'
import { useEffect, useState } from 'react'
import { preciseClockOf, secondsIn } from '../../../shell/clock-time.ts'

interface Props {
  readonly label: string
  readonly value: number
  readonly min?: number
  readonly max: number
  readonly hint?: string
  /** Said where what is typed will not do. */
  readonly bad: string
  /** Only the ear and the screen reader need the label. */
  readonly quiet?: boolean
  onValue(seconds: number): void
}

export function TimeField({ label, value, min = 0, max, hint, bad, quiet = false, onValue }: Props) {
  const [text, setText] = useState(() => preciseClockOf(value))
  const read = (typed: string) => {
    const found = secondsIn(typed)
    return found !== null && found >= min && found <= max ? Math.round(found * 10) / 10 : null
  }
  // Changed from outside (dragged, moved): show that.
  useEffect(() => {
    setText((now) => (secondsIn(now) === value ? now : preciseClockOf(value)))
  }, [value])
  const wrong = read(text) === null
  return (
    <TextInput
      renderLabel={quiet ? <span className="cp-sr">{label}</span> : label}
      value={text}
      width="8rem"
      display="inline-block"
      messages={wrong ? [{ type: 'newError', text: bad }] : hint ? [{ type: 'hint', text: hint }] : []}
      onChange={(_, typed) => {
        setText(typed)
        const found = read(typed)
        if (found !== null && found !== value) onValue(found)
      }}
      onBlur={() => !wrong && setText(preciseClockOf(value))}
    />
  )
}
