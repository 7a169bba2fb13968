// One activity of the course: a radio button or a check box with its facts, and the way to the editor. A draft has nothing to tick.
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
  const { id, title, published, draftAhead } = activity
  const state = !published ? t('draft') : draftAhead ? t('publishedAhead') : t('published')
  return (
    <div className="picker-row" data-chosen={chosen}>
      <div className="picker-row-main">
        {!canBeAdded(activity) ? (
          <div className="picker-draft">
            <Facts activity={activity} />
            <p className="picker-why">{t('draftWhy')}</p>
          </div>
        ) : group === null ? (
          <Checkbox label={<Facts activity={activity} />} checked={chosen} onChange={onToggle} />
        ) : (
          <RadioInput label={<Facts activity={activity} />} name={group} value={id} checked={chosen} onChange={onToggle} />
        )}
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

function Facts({ activity }: { activity: ActivitySummary }) {
  const points = activity.published?.maxScore ?? activity.maxScore
  return (
    <span className="picker-label">
      <strong>{activity.title}</strong>
      <span className="picker-facts">{t('facts', { questions: activity.questionCount, points })}</span>
    </span>
  )
}
