// A number as the author's locale writes it. What is no number is said so, and the last good one stays in the draft.
import { TextInput } from '@instructure/ui-text-input'
import { useEffect, useState } from 'react'
import { numberFrom, numberText } from '../draft/number-text.ts'
import { t } from '../words.ts'

interface Props {
  readonly label: string
  /** null: nothing written yet. */
  readonly value: number | null
  readonly locale: string
  readonly min?: number
  readonly max?: number
  readonly whole?: boolean
  readonly hint?: string
  onValue(value: number): void
}

export function NumberField({ label, value, locale, min = -Infinity, max = Infinity, whole = false, hint, onValue }: Props) {
  const [text, setText] = useState(() => textOf(value, locale))
  const read = (typed: string) => {
    const found = numberFrom(typed, locale)
    return found !== null && found >= min && found <= max && (!whole || Number.isInteger(found)) ? found : null
  }
  const untouched = value === null && text === ''
  const bad = read(text) === null && !untouched
  // Changed from outside (undo, another version): show that.
  useEffect(() => {
    setText((now) => (value === null || numberFrom(now, locale) === value ? now : textOf(value, locale)))
  }, [value, locale])
  const wanted =
    min === -Infinity || max === Infinity
      ? t(min === 0 ? 'numberFromZero' : 'numberAny')
      : t(whole ? 'numberWhole' : 'numberBetween', { min, max })
  return (
    <TextInput
      renderLabel={label}
      value={text}
      inputMode="decimal"
      width="12rem"
      messages={
        bad
          ? [
              {
                type: 'newError',
                text: value === null ? t('numberNotYet', { wanted }) : t('numberBad', { wanted, kept: numberText(value, locale) }),
              },
            ]
          : hint
            ? [{ type: 'hint', text: hint }]
            : []
      }
      onChange={(_, typed) => {
        setText(typed)
        const found = read(typed)
        if (found !== null && found !== value) onValue(found)
      }}
    />
  )
}

function textOf(value: number | null, locale: string): string {
  return value === null ? '' : numberText(value, locale)
}
