// One activity of the course: a radio button or a check box with its facts, and the way to the editor. A draft has nothing to tick.
import type { ActivitySummary, PlacedActivity } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Checkbox } from '@instructure/ui-checkbox'
import { Pill } from '@instructure/ui-pill'
import { RadioInput } from '@instructure/ui-radio-input'
import { dayAndSecond, listing } from '../../shell/locale.ts'
import { DraftChoice } from './draft-choice.tsx'
import { canBeAdded } from './selection.ts'
import { t } from './words.ts'

interface Props {
  readonly activity: ActivitySummary
  readonly placed: readonly PlacedActivity[]
  /** Another activity has the same title: says when this one was changed. */
  readonly twin: boolean
  readonly chosen: boolean
  /** Name of the radio group; null: check boxes. */
  readonly group: string | null
  onToggle(): void
  onEdit(): void
  onPublished(activity: ActivitySummary): void
}

export function ActivityRow({ activity, placed, twin, chosen, group, onToggle, onEdit, onPublished }: Props) {
  const { id, title, published, draftAhead } = activity
  const state = !published ? t('draft') : draftAhead ? t('publishedAhead') : t('published')
  const facts = <Facts activity={activity} placed={placed} twin={twin} />
  return (
    <div className="picker-row" data-chosen={chosen}>
      <div className="picker-row-main">
        {!canBeAdded(activity) ? (
          <div className="picker-draft">
            {facts}
            <DraftChoice activity={activity} onPublished={onPublished} />
          </div>
        ) : group === null ? (
          <Checkbox id={rowId(id)} label={facts} checked={chosen} onChange={onToggle} />
        ) : (
          <RadioInput id={rowId(id)} label={facts} name={group} value={id} checked={chosen} onChange={onToggle} />
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

/** Of the box of one activity, so that it can take the focus. */
export const rowId = (activityId: string): string => `activity-${activityId}`

function Facts({ activity, placed, twin }: Pick<Props, 'activity' | 'placed' | 'twin'>) {
  const points = activity.published?.maxScore ?? activity.maxScore
  return (
    <span className="picker-label">
      <strong>{activity.title}</strong>
      <span className="picker-facts">
        {t(activity.kind === 'video' ? 'factsVideo' : 'facts', { questions: activity.questionCount, points })}
      </span>
      {twin && <span className="picker-facts">{t('changed', { time: dayAndSecond(activity.updatedAt) })}</span>}
      {placed.length > 0 && <span className="picker-facts">{t('inUse', { places: listing(placed.map(placeOf)) })}</span>}
    </span>
  )
}

function placeOf({ title, otherCourse }: PlacedActivity): string {
  return otherCourse === null ? t('inUseHere', { title }) : t('inUseElsewhere', { title, course: otherCourse })
}
