// Adds a question: the seven kinds, each with a line that says what it is for. The list opens in place.
import type { QuestionKind } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { type KeyboardEvent, useId, useState } from 'react'
import { questionKinds } from '../draft/blank-question.ts'
import { focusOn } from '../fields/focus.ts'
import { Icon } from '../fields/icon.tsx'
import { t } from '../words.ts'

export function AddQuestion({ first, label, onAdd }: { first: boolean; label?: string; onAdd(kind: QuestionKind): void }) {
  const [open, setOpen] = useState(first)
  const id = useId()
  const toggle = () => {
    setOpen(!open)
    if (!open) focusOn(`${id}-${questionKinds[0]}`)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    setOpen(false)
    focusOn(`${id}-add`)
  }
  return (
    <div className="au-add">
      <Button
        id={`${id}-add`}
        color="primary"
        renderIcon={<Icon name="plus" />}
        aria-expanded={open}
        aria-controls={`${id}-kinds`}
        onClick={toggle}
      >
        {label ?? t('addQuestion')}
      </Button>
      {open && (
        // biome-ignore lint/a11y/noStaticElementInteractions: only catches Escape that bubbles from its buttons
        <div onKeyDown={press}>
          <p id={`${id}-which`} className="au-hint">
            {t('whichKind')}
          </p>
          <ul id={`${id}-kinds`} className="au-kinds" aria-labelledby={`${id}-which`}>
            {questionKinds.map((kind) => (
              <li key={kind}>
                <button
                  type="button"
                  id={`${id}-${kind}`}
                  onClick={() => {
                    setOpen(false)
                    onAdd(kind)
                  }}
                >
                  <strong>{t(`kind.${kind}`)}</strong>
                  <span>{t(`kind.${kind}.means`)}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
