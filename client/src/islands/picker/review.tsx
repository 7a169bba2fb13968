// The second step: title and points of each chosen activity as the LMS will show them, then the hand-over.
import type { ActivitySummary, DeepLinkOffer } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { GradingNote } from './grading-note.tsx'
import { ReviewItem } from './review-item.tsx'
import { type ChosenItem, type ReadyItem, readyItems } from './selection.ts'
import { StepHeading } from './step-heading.tsx'
import { t } from './words.ts'

interface Props {
  readonly offer: DeepLinkOffer
  readonly chosen: readonly ActivitySummary[]
  readonly items: readonly ChosenItem[]
  /** What the server or the LMS said to the last try. */
  readonly problem: ReactNode
  onItems(items: ChosenItem[]): void
  onBack(): void
  onAdd(items: readonly ReadyItem[]): void
}

export function Review({ offer, chosen, items, problem, onItems, onBack, onAdd }: Props) {
  const { platformName: platform } = offer
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const change = (activityId: string, part: Partial<ChosenItem>) =>
    onItems(items.map((one) => (one.activityId === activityId ? { ...one, ...part } : one)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const ready = readyItems(items)
    if (ready) return onAdd(ready)
    setTried(true)
    // After the messages stand there: to the first field that needs something.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <StepHeading>{t('reviewHeading', { platform })}</StepHeading>
      <p>{t('reviewIntro', { platform })}</p>
      {problem}
      <GradingNote offer={offer} />
      <div className="picker-rows">
        {items.map((item, at) => (
          <ReviewItem
            key={item.activityId}
            item={item}
            activity={chosen.find((one) => one.id === item.activityId)}
            number={items.length > 1 ? at + 1 : null}
            offer={offer}
            tried={tried}
            onChange={(part) => change(item.activityId, part)}
          />
        ))}
      </div>
      <div className="picker-bar">
        <Button onClick={onBack}>{t('back')}</Button>
        <Button type="submit" color="primary">
          {t('add', { platform })}
        </Button>
      </div>
    </form>
  )
}
