// A date with its time, in the reader's time zone; the browser's own field, which every keyboard and screen reader knows.
import { Button } from '@instructure/ui-buttons'
import { useId } from 'react'
import { t } from './words.ts'

interface Props {
  readonly label: string
  readonly hint?: string
  /** ISO 8601 in UTC; null = no date. */
  readonly value: string | null
  onValue(value: string | null): void
}

export function DateField({ label, hint, value, onValue }: Props) {
  const id = useId()
  return (
    <div className="hand-date">
      <label htmlFor={id}>{label}</label>
      <div className="hand-row">
        <input
          id={id}
          type="datetime-local"
          value={value ? localText(new Date(value)) : ''}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={(event) => onValue(event.target.value ? new Date(event.target.value).toISOString() : null)}
        />
        {value && (
          <Button size="small" onClick={() => onValue(null)}>
            {t('dates.clear', { field: label })}
          </Button>
        )}
      </div>
      {hint && (
        <p id={`${id}-hint`} className="hand-quiet">
          {hint}
        </p>
      )}
    </div>
  )
}

/** `2026-11-22T18:00`, as the field wants it. */
function localText(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}
