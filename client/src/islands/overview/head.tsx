// What this link leads to, and what can be done about it.
import type { PlacementOverview } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Pill } from '@instructure/ui-pill'
import { Notice } from '../../shell/notice.tsx'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { t } from './words.ts'

interface Props {
  readonly overview: PlacementOverview
  readonly course: string
  onEdit(activityId: string): void
  /** A non-editing teacher only looks. */
  readonly mayChange: boolean
  /** A shared activity is edited in the course that owns it. */
  readonly mayEdit: boolean
  onPreview(): void
  onDates(): void
  onInsights(): void
  onNext(): void
  onChoose(): void
}

export function Head({ overview, course, mayChange, mayEdit, onEdit, onPreview, onDates, onInsights, onNext, onChoose }: Props) {
  const { activity, title } = overview
  const heading = useFocusOnShow<HTMLHeadingElement>()
  return (
    <header className="overview-head">
      <div className="overview-name">
        <h1 ref={heading} tabIndex={-1}>
          {activity?.title ?? title}
        </h1>
        {activity && (
          <p className="overview-facts">
            <span>{t('facts', { version: activity.versionNumber, points: activity.maxScore, course })}</span>
            {activity.draftAhead && <Pill color="info">{t('draftAhead')}</Pill>}
          </p>
        )}
      </div>
      {activity && (
        <div className="overview-buttons">
          {mayChange && mayEdit && (
            <Button color="primary" onClick={() => onEdit(activity.id)}>
              {t('edit')}
            </Button>
          )}
          <Button onClick={onInsights}>{t('insights')}</Button>
          <Button onClick={onNext}>{t('next')}</Button>
          <Button onClick={onPreview}>{t('preview')}</Button>
          {mayChange && <Button onClick={onDates}>{t('dates')}</Button>}
          {mayChange && <Button onClick={onChoose}>{t('change')}</Button>}
        </div>
      )}
      {!activity && (
        <div className="overview-nothing">
          <Notice
            kind="warning"
            title={t('nothing')}
            actions={
              mayChange && (
                <Button color="primary" onClick={onChoose}>
                  {t('choose')}
                </Button>
              )
            }
          >
            <p>{t('nothingHelp', { title })}</p>
          </Notice>
        </div>
      )}
    </header>
  )
}
