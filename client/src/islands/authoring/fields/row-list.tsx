// A list of rows that can be added, removed and (where order means something) moved, by keyboard and by single clicks.
// After each deed the focus goes where the author works on, and a screen reader hears what happened.
import { Button } from '@instructure/ui-buttons'
import { type ReactNode, useId } from 'react'
import { announce } from '../../../shell/live-region.tsx'
import { moved } from '../draft/edits.ts'
import { t } from '../words.ts'
import { focusOn } from './focus.ts'
import { Icon } from './icon.tsx'
import { MarkButton } from './mark-button.tsx'

interface Props<R extends { id: string }> {
  readonly rows: readonly R[]
  /** What one row is called: "Option 2" for number 2. */
  readonly name: (number: number) => string
  readonly addLabel: string
  readonly orderable?: boolean
  readonly numbered?: boolean
  /** Fewer rows than this make no sense: the last ones can't be removed. */
  readonly least?: number
  readonly most?: number
  readonly row: (row: R, number: number) => ReactNode
  onRows(rows: R[]): void
  onAdd(): void
}

export function RowList<R extends { id: string }>(props: Props<R>) {
  const { rows, name, addLabel, orderable = false, numbered = false, least = 1, most = 30, row, onRows, onAdd } = props
  const list = useId()
  const at = (deed: string, id: string) => `${list}-${deed}-${id}`
  const move = (id: string, from: number, by: number) => {
    onRows(moved(rows, from, from + by))
    announce(t('rowMoved', { name: name(from + 1), number: from + 1 + by, count: rows.length }))
    focusOn(at(by < 0 ? 'up' : 'down', id))
  }
  const remove = (id: string, from: number) => {
    onRows(rows.filter((one) => one.id !== id))
    announce(t('rowRemoved', { name: name(from + 1) }))
    const next = rows[from + 1] ?? rows[from - 1]
    focusOn(next ? at('remove', next.id) : '', at('add', ''))
  }
  return (
    <div className="au-list">
      <ol className="au-rows" data-numbered={numbered}>
        {rows.map((one, from) => (
          <li key={one.id} className="au-row">
            {numbered && (
              <span className="au-row-number" aria-hidden="true">
                {from + 1}.
              </span>
            )}
            <div className="au-row-body">{row(one, from + 1)}</div>
            <div className="au-row-tools">
              {orderable && (
                <>
                  <MarkButton
                    icon="up"
                    id={at('up', one.id)}
                    off={from === 0}
                    label={t('moveUp', { name: name(from + 1) })}
                    onClick={() => move(one.id, from, -1)}
                  />
                  <MarkButton
                    icon="down"
                    id={at('down', one.id)}
                    off={from === rows.length - 1}
                    label={t('moveDown', { name: name(from + 1) })}
                    onClick={() => move(one.id, from, 1)}
                  />
                </>
              )}
              <MarkButton
                icon="trash"
                id={at('remove', one.id)}
                off={rows.length <= least}
                label={t('remove', { name: name(from + 1) })}
                onClick={() => remove(one.id, from)}
              />
            </div>
          </li>
        ))}
      </ol>
      {rows.length < most && (
        <Button id={at('add', '')} size="small" renderIcon={<Icon name="plus" />} onClick={onAdd}>
          {addLabel}
        </Button>
      )}
    </div>
  )
}
