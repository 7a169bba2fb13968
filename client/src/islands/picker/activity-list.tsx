// The course's activities to choose from; a draft says why it can't be added and leads to the editor.
import type { ActivitySummary, PlacedActivity } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { TextInput } from '@instructure/ui-text-input'
import { useId, useState } from 'react'
import { ActivityRow } from './activity-row.tsx'
import { titlesTwice } from './selection.ts'
import { t } from './words.ts'

/** From this many on a search field helps more than it takes room. */
const SEARCH_FROM = 8

interface Props {
  readonly activities: readonly ActivitySummary[]
  readonly placed: readonly PlacedActivity[]
  readonly chosen: readonly string[]
  readonly multiple: boolean
  onToggle(id: string): void
  onEdit(id: string): void
  onPublished(activity: ActivitySummary): void
  onSamples(): void
  onWrite(): void
}

export function ActivityList({ activities, placed, chosen, multiple, onToggle, onEdit, onPublished, onSamples, onWrite }: Props) {
  const [wanted, setWanted] = useState('')
  const name = useId()
  if (activities.length === 0) {
    return (
      <div className="picker-empty">
        <p>
          <strong>{t('noActivities')}</strong>
        </p>
        <p>{t('noActivitiesHelp')}</p>
        <div className="picker-buttons">
          <Button color="primary" onClick={onSamples}>
            {t('seeSamples')}
          </Button>
          <Button onClick={onWrite}>{t('writeOne')}</Button>
        </div>
      </div>
    )
  }
  const twice = titlesTwice(activities)
  const shown = activities.filter((one) => one.title.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase()))
  return (
    <>
      {activities.length >= SEARCH_FROM && (
        <div className="picker-search">
          <TextInput type="search" renderLabel={t('search')} value={wanted} onChange={(_, text) => setWanted(text)} />
        </div>
      )}
      {shown.length === 0 && <p className="picker-empty">{t('noMatch', { text: wanted })}</p>}
      <fieldset className="picker-rows">
        <legend className="cp-sr">{t('listLegend')}</legend>
        {shown.map((activity) => (
          <ActivityRow
            key={activity.id}
            activity={activity}
            placed={placed.filter((one) => one.activityId === activity.id)}
            twin={twice.has(activity.title)}
            onPublished={onPublished}
            chosen={chosen.includes(activity.id)}
            group={multiple ? null : name}
            onToggle={() => onToggle(activity.id)}
            onEdit={() => onEdit(activity.id)}
          />
        ))}
      </fieldset>
    </>
  )
}
