// What is suggested where the score is low: activities of the course, and of a video a part of it.
import { Checkbox } from '@instructure/ui-checkbox'
import { TextInput } from '@instructure/ui-text-input'
import type { CardProps } from './card-props.ts'
import { nameOf, t } from './words.ts'

const most = 5

export function ScoreThen({ draft, view, mayChange, onChange }: CardProps) {
  const { activityIds, withSpan, from, to } = draft
  const toggle = (id: string) =>
    onChange({ activityIds: activityIds.includes(id) ? activityIds.filter((one) => one !== id) : [...activityIds, id] })
  return (
    <>
      <fieldset className="next-then">
        <legend>{t('thenActivities')}</legend>
        {view.activities.length === 0 ? <p className="next-means">{t('noActivities')}</p> : null}
        {view.activities.map((one) => {
          const { id } = one
          const chosen = activityIds.includes(id)
          return (
            <Checkbox
              key={id}
              label={nameOf(one)}
              checked={chosen}
              disabled={!mayChange || (!chosen && activityIds.length >= most)}
              onChange={() => toggle(id)}
            />
          )
        })}
      </fieldset>
      {view.activity.kind === 'video' ? (
        <div className="next-then">
          <Checkbox label={t('thenSpan')} checked={withSpan} disabled={!mayChange} onChange={() => onChange({ withSpan: !withSpan })} />
          {withSpan ? (
            <div className="next-times">
              <TextInput renderLabel={t('spanFrom')} value={from} width="8rem" onChange={(_event, value) => onChange({ from: value })} />
              <TextInput renderLabel={t('spanTo')} value={to} width="8rem" onChange={(_event, value) => onChange({ to: value })} />
            </div>
          ) : null}
        </div>
      ) : null}
    </>
  )
}
