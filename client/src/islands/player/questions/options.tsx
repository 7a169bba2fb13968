// Rows to choose from, one or several: native inputs, so that every browser, reader and contrast mode knows them.
import type { ReactNode } from 'react'

interface OptionRow {
  id: string
  label: ReactNode
}

export function Options(props: {
  type: 'radio' | 'checkbox'
  /** Unique on the page: the radios of one question belong together. */
  name: string
  hint: string
  promptId: string
  rows: readonly OptionRow[]
  chosen: readonly string[]
  locked: boolean
  choose(id: string, on: boolean): void
  children?: ReactNode
}) {
  const hintId = `${props.name}-hint`
  return (
    <fieldset className="cpq-options" aria-labelledby={`${props.promptId} ${hintId}`} disabled={props.locked}>
      <legend id={hintId} className="cpq-hint">
        {props.hint}
      </legend>
      {props.rows.map(({ id, label }) => (
        <label key={id} className="cpq-option">
          <input
            type={props.type}
            name={props.name}
            value={id}
            checked={props.chosen.includes(id)}
            onChange={(event) => props.choose(id, event.target.checked)}
          />
          <span>{label}</span>
        </label>
      ))}
      {props.children}
    </fieldset>
  )
}

/** Takes a choice back; keeps its room while there is nothing to take back. */
export function ClearChoice({ shown, clear, children }: { shown: boolean; clear(): void; children: string }) {
  return (
    <button type="button" className="cpq-link cpq-clear" style={{ visibility: shown ? 'visible' : 'hidden' }} onClick={clear}>
      {children}
    </button>
  )
}
