// What was deleted last from a list, until the author goes on: said, brought back by one button or let go, and where the focus goes then.
import { type ReactNode, useState } from 'react'
import { announce } from '../../../shell/live-region.tsx'
import { Deleted } from './deleted.tsx'
import { focusOn } from './focus.ts'

interface List<Item> {
  /** Id of the button that undoes it: one per list of a page. */
  readonly undoId: string
  /** Id of the list's heading, which takes the focus when the way back goes. */
  readonly headingId: string
  gone(item: Item): string
  back(item: Item): string
  restore(item: Item): void
  /** Id of what takes the focus once it is back. */
  focusBack(item: Item): string
}

export function useDeleted<Item>(list: List<Item>): { last: Item | null; note: ReactNode; remember(item: Item): void } {
  const [last, setLast] = useState<Item | null>(null)
  const { undoId, headingId } = list
  return {
    last,
    remember(item) {
      setLast(item)
      announce(list.gone(item))
      focusOn(undoId)
    },
    note: last !== null && (
      <Deleted
        id={undoId}
        words={list.gone(last)}
        onUndo={() => {
          list.restore(last)
          setLast(null)
          announce(list.back(last))
          focusOn(list.focusBack(last))
        }}
        onDismiss={() => {
          setLast(null)
          focusOn(headingId)
        }}
      />
    ),
  }
}
