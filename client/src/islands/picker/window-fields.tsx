// From when and until when, in the reader's own time zone; either end may stay open.
import { useId } from 'react'
import { t } from './words.ts'

interface Props {
  readonly legend: string
  readonly from: string
  readonly until: string
  /** What is wrong with them, in words; null = nothing. */
  readonly problem: string | null
  onFrom(text: string): void
  onUntil(text: string): void
}

export function WindowFields({ legend, from, until, problem, onFrom, onUntil }: Props) {
  const id = useId()
  const field = (name: string, label: string, value: string, onValue: (text: string) => void) => (
    <label className="picker-date">
      {label}
      <input
        className="cp-field"
        type="datetime-local"
        name={name}
        value={value}
        aria-invalid={problem !== null && name === 'until'}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        onChange={(event) => onValue(event.target.value)}
      />
    </label>
  )
  return (
    <fieldset className="picker-window">
      <legend>{legend}</legend>
      <div className="picker-dates">
        {field('from', t('from'), from, onFrom)}
        {field('until', t('until'), until, onUntil)}
      </div>
      {problem !== null && (
        <p id={`${id}-problem`} className="picker-bad" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  )
}
