// One activity of the course: a radio button or a check box with its facts, and the way to the editor.
import type { ActivitySummary } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Checkbox } from '@instructure/ui-checkbox'
import { Pill } from '@instructure/ui-pill'
import { RadioInput } from '@instructure/ui-radio-input'
import { canBeAdded } from './selection.ts'
import { t } from './words.ts'

interface Props {
  readonly activity: ActivitySummary
  readonly chosen: boolean
  /** Name of the radio group; null: check boxes. */
  readonly group: string | null
  onToggle(): void
  onEdit(): void
}

export function ActivityRow({ activity, chosen, group, onToggle, onEdit }: Props) {
  const { title, published, draftAhead } = activity
  const open = canBeAdded(activity)
  const state = !published ? t('draft') : draftAhead ? t('publishedAhead') : t('published')
  const label = (
    <span className="picker-label">
      <strong>{title}</strong>
      <span className="picker-facts">
        {t('facts', { questions: activity.questionCount, points: published?.maxScore ?? activity.maxScore })}
      </span>
    </span>
  )
  return (
    <div className="picker-row" data-chosen={chosen}>
      <div className="picker-row-main">
        {group === null ? (
          <Checkbox label={label} checked={chosen} disabled={!open} onChange={onToggle} />
        ) : (
          <RadioInput label={label} name={group} value={activity.id} checked={chosen} disabled={!open} onChange={onToggle} />
        )}
        {!open && <p className="picker-why">{t('draftWhy')}</p>}
      </div>
      <div className="picker-row-side">
        <Pill color={published ? 'success' : 'primary'}>{state}</Pill>
        <Button size="small" onClick={onEdit} aria-label={t('editThis', { title })}>
          {t('edit')}
        </Button>
      </div>
    </div>
  )
}
