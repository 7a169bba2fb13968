// A moment, typed as people write it. What is no moment is said so, and the last good one stays.
import { TextInput } from '@instructure/ui-text-input'
import { useEffect, useId, useState } from 'react'
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
  const id = useId()
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
  const type = (typed: string) => {
    setText(typed)
    const found = read(typed)
    if (found !== null && found !== value) onValue(found)
  }
  const leave = () => !wrong && setText(preciseClockOf(value))
  if (quiet) {
    return (
      <span>
        <input
          className="au-line"
          type="text"
          aria-label={label}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? id : undefined}
          value={text}
          onChange={(event) => type(event.target.value)}
          onBlur={leave}
        />
        {wrong ? (
          <span id={id} className="au-warn vau-bad">
            {bad}
          </span>
        ) : null}
      </span>
    )
  }
  return (
    <TextInput
      renderLabel={label}
      value={text}
      width="8rem"
      display="inline-block"
      messages={wrong ? [{ type: 'newError', text: bad }] : hint ? [{ type: 'hint', text: hint }] : []}
      onChange={(_, typed) => type(typed)}
      onBlur={leave}
    />
  )
}
