// What is suggested where the score is low: activities of the course, and a part of a video: its own, or another's.
import { Checkbox } from '@instructure/ui-checkbox'
import { TextInput } from '@instructure/ui-text-input'
import { clockOf } from '../../shell/clock-time.ts'
import type { CardProps } from './card-props.ts'
import { videosOf } from './draft-rules.ts'
import { nameOf, t } from './words.ts'

const most = 5

export function ScoreThen({ draft, view, mayChange, onChange }: CardProps) {
  const { activityIds, withSpan, spanOf, from, to } = draft
  const own = view.activity.kind === 'video'
  const videos = videosOf(view)
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
      {videos.length > 0 || withSpan ? (
        <fieldset className="next-then next-part">
          <legend>{t('thenPart')}</legend>
          <Checkbox
            label={t(own && videos.length === 1 ? 'thenSpan' : 'thenSpanOf')}
            checked={withSpan}
            disabled={!mayChange}
            onChange={() => onChange({ withSpan: !withSpan })}
          />
          {withSpan ? (
            <div className="next-times">
              {own && videos.length === 1 ? null : (
                <label className="next-choice">
                  <span>{t('spanOf')}</span>
                  <select className="cp-field" value={spanOf} onChange={(event) => onChange({ spanOf: event.target.value })}>
                    <option value="">{t(own ? 'spanOwn' : 'chooseVideo')}</option>
                    {videos
                      .filter(({ id }) => id !== view.activity.id)
                      .map(({ id, title, durationSeconds }) => (
                        <option key={id} value={id}>
                          {durationSeconds === null ? title : t('videoLong', { title, length: clockOf(durationSeconds) })}
                        </option>
                      ))}
                  </select>
                </label>
              )}
              <TextInput renderLabel={t('spanFrom')} value={from} width="8rem" onChange={(_event, value) => onChange({ from: value })} />
              <TextInput renderLabel={t('spanTo')} value={to} width="8rem" onChange={(_event, value) => onChange({ to: value })} />
            </div>
          ) : null}
        </fieldset>
      ) : null}
    </>
  )
}
