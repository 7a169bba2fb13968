// One line of the review: the title and the points that the LMS will show.
import type { ActivitySummary, DeepLinkOffer } from '@cuepoint/contracts'
import { TextInput } from '@instructure/ui-text-input'
import { ReviewDetails } from './review-details.tsx'
import { type ChosenItem, pointsFrom, titleIsGood } from './selection.ts'
import { t } from './words.ts'

interface Props {
  readonly item: ChosenItem
  readonly activity: ActivitySummary | undefined
  /** null where there is only one. */
  readonly number: number | null
  readonly offer: DeepLinkOffer
  readonly tried: boolean
  onChange(part: Partial<ChosenItem>): void
}

export function ReviewItem({ item, activity, number, offer, tried, onChange }: Props) {
  const { platformName: platform, acceptsLineItem } = offer
  const quizPoints = activity?.published?.maxScore ?? 0
  const points = pointsFrom(item.points)
  const hint = points !== quizPoints && points !== null && acceptsLineItem
  return (
    <fieldset className="picker-review">
      <legend className={number === null ? 'cp-sr' : 'picker-review-name'}>
        {number === null ? activity?.title : t('reviewItem', { number, title: activity?.title ?? '' })}
      </legend>
      <TextInput
        renderLabel={t('title', { platform })}
        value={item.title}
        onChange={(_, title) => onChange({ title })}
        messages={tried && !titleIsGood(item.title) ? [{ type: 'newError', text: t('titleBad') }] : []}
      />
      <div className="picker-points">
        <TextInput
          renderLabel={t(acceptsLineItem ? 'points' : 'pointsOff')}
          value={item.points}
          inputMode="decimal"
          onChange={(_, text) => onChange({ points: text })}
          messages={
            points === null && (tried || item.points !== '')
              ? [{ type: 'newError', text: t('pointsBad') }]
              : hint
                ? [{ type: 'hint', text: t('pointsHint', { points: quizPoints }) }]
                : []
          }
        />
      </div>
      <ReviewDetails details={item} platform={platform} column={acceptsLineItem} tried={tried} onChange={onChange} />
    </fieldset>
  )
}
