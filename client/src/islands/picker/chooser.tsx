// Choosing one published activity (or a sample, or a new quiz) for a link that the LMS already has.
import type { ActivitySummary } from '@cuepoint/contracts'
import { type ReactNode, useState } from 'react'
import { Browse, type Tab } from './browse.tsx'
import { useCatalogue } from './catalogue.ts'
import { ChoiceBar } from './choice-bar.tsx'
import { chosenOf } from './selection.ts'
import { useTakenFocus } from './use-taken-focus.ts'
import './picker.css'

interface Props {
  /** The label of the last button. */
  readonly label: string
  readonly pending: boolean
  /** Stands above the lists: heading, sentence, a refusal. */
  readonly children: ReactNode
  /** Chosen from the start: what was just published, or what the link points at now. */
  readonly initial: string | null
  onChosen(activity: ActivitySummary): void
  /** Opens the editor, which the caller shows. */
  onEdit(activityId: string): void
  onCancel(): void
}

export function Chooser({ label, pending, children, initial, onChosen, onEdit, onCancel }: Props) {
  const catalogue = useCatalogue()
  const [tab, setTab] = useState<Tab>('yours')
  const [id, setId] = useState(initial)
  const focusTaken = useTakenFocus()
  const chosen = chosenOf(catalogue.lists?.activities ?? [], id === null ? [] : [id])
  const [only] = chosen
  const take = (activity: ActivitySummary) => {
    catalogue.put(activity)
    setId(activity.id)
    setTab('yours')
    focusTaken(activity.id)
  }
  return (
    <div className="picker">
      {children}
      <Browse
        catalogue={catalogue}
        tab={tab}
        chosen={id === null ? [] : [id]}
        multiple={false}
        title=""
        onTab={setTab}
        onToggle={setId}
        onTaken={take}
        onPublished={take}
        onEdit={onEdit}
      />
      <ChoiceBar chosen={chosen} next={label} pending={pending} onNext={() => only && onChosen(only)} onCancel={onCancel} />
    </div>
  )
}
