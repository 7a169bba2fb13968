// One of a few, each with a sentence that says what it means.
import { RadioInput } from '@instructure/ui-radio-input'
import { type ReactNode, useId } from 'react'

export interface Way<V extends string> {
  readonly value: V
  readonly label: string
  readonly means?: string
  /** How it works out here, on a line of its own. */
  readonly example?: string
}
interface Props<V extends string> {
  readonly legend: string
  readonly ways: readonly Way<V>[]
  readonly value: V
  readonly children?: ReactNode
  onValue(value: V): void
}

export function ChooseOne<V extends string>({ legend, ways, value, children, onValue }: Props<V>) {
  const name = useId()
  return (
    <fieldset className="au-ways">
      <legend>{legend}</legend>
      {ways.map((way) => (
        <RadioInput
          key={way.value}
          name={name}
          value={way.value}
          checked={way.value === value}
          onChange={() => onValue(way.value)}
          label={
            <>
              {way.label}
              {way.means && <span className="au-means">{way.means}</span>}
              {way.example && <span className="au-means au-worked">{way.example}</span>}
            </>
          }
        />
      ))}
      {children}
    </fieldset>
  )
}
