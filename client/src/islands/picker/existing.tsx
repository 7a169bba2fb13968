// The LMS edits a link that it has: what it leads to, and the three things that can be done about it.
import type { ActivitySummary } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { StepHeading } from './step-heading.tsx'
import { t } from './words.ts'

interface Props {
  readonly activity: ActivitySummary
  readonly platform: string
  onEdit(): void
  onReview(): void
  onOther(): void
  onCancel(): void
}

export function Existing({ activity, platform, onEdit, onReview, onOther, onCancel }: Props) {
  const { kind, title, questionCount, maxScore, published } = activity
  return (
    <>
      <StepHeading>{t('existingHeading', { title })}</StepHeading>
      <p className="picker-facts">
        {t(kind === 'video' ? 'factsVideo' : 'facts', { questions: questionCount, points: published?.maxScore ?? maxScore })}
      </p>
      <p>{t('existingWords', { platform })}</p>
      <div className="picker-buttons">
        <Button color="primary" onClick={onEdit}>
          {t('existingEdit')}
        </Button>
        {published && <Button onClick={onReview}>{t('existingReview', { platform })}</Button>}
        <Button onClick={onOther}>{t('existingOther')}</Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </>
  )
}
