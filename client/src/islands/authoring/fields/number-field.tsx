// A number as the author's locale writes it. What is no number is said so, and the last good one stays in the draft.
import { TextInput } from '@instructure/ui-text-input'
import { useEffect, useState } from 'react'
import { numberFrom, numberText } from '../draft/number-text.ts'
import { t } from '../words.ts'

interface Props {
  readonly label: string
  readonly value: number
  readonly locale: string
  readonly min?: number
  readonly max?: number
  readonly whole?: boolean
  readonly hint?: string
  onValue(value: number): void
}

export function NumberField({ label, value, locale, min = -Infinity, max = Infinity, whole = false, hint, onValue }: Props) {
  const [text, setText] = useState(() => numberText(value, locale))
  const read = (typed: string) => {
    const found = numberFrom(typed, locale)
    return found !== null && found >= min && found <= max && (!whole || Number.isInteger(found)) ? found : null
  }
  const bad = read(text) === null
  // Changed from outside (undo, another version): show that.
  useEffect(() => {
    setText((now) => (numberFrom(now, locale) === value ? now : numberText(value, locale)))
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
          ? [{ type: 'newError', text: t('numberBad', { wanted, kept: numberText(value, locale) }) }]
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
