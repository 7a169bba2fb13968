// One deep-linking offer from choosing to handing over: which step is shown, and what has been chosen so far.
import type { ActivitySummary, DeepLinkOffer, ReturnProblem } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Suspense, useState } from 'react'
import { ApiProblem } from '../../api/call.ts'
import { Authoring } from '../../shell/islands.tsx'
import { announce } from '../../shell/live-region.tsx'
import { Notice } from '../../shell/notice.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { Browse, type Tab } from './browse.tsx'
import { useCatalogue } from './catalogue.ts'
import { ChoiceBar } from './choice-bar.tsx'
import { Existing } from './existing.tsx'
import { GradingNote } from './grading-note.tsx'
import { handOver, handOverProblem } from './hand-over.ts'
import { Handing } from './handing.tsx'
import { Review } from './review.tsx'
import { type ChosenItem, canBeAdded, chosenOf, itemsOf, type ReadyItem, toggled } from './selection.ts'
import { StepHeading } from './step-heading.tsx'
import { useTakenFocus } from './use-taken-focus.ts'
import { t } from './words.ts'

type Step = { is: 'start' } | { is: 'choose' } | { is: 'write'; activityId: string } | { is: 'review' }

export function Offer({ offer, course, locale }: { offer: DeepLinkOffer; course: string; locale: string }) {
  const { platformName: platform, acceptsMultiple: multiple } = offer
  const catalogue = useCatalogue()
  const [step, setStep] = useState<Step>(offer.activityId === null ? { is: 'choose' } : { is: 'start' })
  const [tab, setTab] = useState<Tab>('yours')
  const [ids, setIds] = useState<readonly string[]>([])
  const focusTaken = useTakenFocus()
  const [items, setItems] = useState<ChosenItem[]>([])
  const [handed, setHanded] = useState<readonly ReadyItem[] | null>(null)
  const handing = useAction(async (items: readonly ReadyItem[]) => {
    setHanded(items)
    await handOver(items)
    // The LMS's page is on its way: this one stays as it is until then.
    await new Promise(() => {})
  })
  const telling = useAction(async (problem: ReturnProblem) => {
    setHanded([])
    await handOverProblem(problem)
    await new Promise(() => {})
  })
  const existing = catalogue.lists?.activities.find((one) => one.id === offer.activityId)
  const chosen = chosenOf(catalogue.lists?.activities ?? [], ids)

  const review = (list: readonly ActivitySummary[]) => {
    handing.clear()
    setItems((before) => itemsOf(list, offer.title, before))
    setStep({ is: 'review' })
  }
  /** A new or newly published activity: chosen at once, and with only one to choose there is nothing left to do but check it. */
  const take = (activity: ActivitySummary, said: string) => {
    catalogue.put(activity)
    setIds((now) => (now.includes(activity.id) ? now : toggled(now, activity.id, multiple)))
    announce(said)
    setTab('yours')
    if (multiple) {
      setStep({ is: 'choose' })
      focusTaken(activity.id)
    } else review([activity])
  }
  const write = (activityId: string) => setStep({ is: 'write', activityId })

  if (handing.pending || telling.pending) return <Handing platform={platform} leaving={handed?.length === 0} />
  if (step.is === 'write') {
    return (
      <Suspense fallback={<p className="cp-loading">{t('opening')}</p>}>
        <Authoring
          activityId={step.activityId}
          locale={locale}
          onDone={(activity) => take(activity, t('publishedChosen', { title: activity.title }))}
          onCancel={() => {
            void catalogue.reload()
            setTab('yours')
            setStep({ is: existing ? 'start' : 'choose' })
          }}
        />
      </Suspense>
    )
  }
  const gone = handing.error instanceof ApiProblem && ['activity_not_found', 'activity_deleted'].includes(handing.error.code)
  const refused = (
    <>
      <ProblemAlert error={handing.error} onRetry={() => handed && void handing.start(handed)} />
      {gone && (
        <div className="picker-buttons">
          <Button onClick={() => void telling.start('activity_gone')}>{t('goneBack', { platform })}</Button>
        </div>
      )}
      <ProblemAlert error={telling.error} />
    </>
  )
  if (step.is === 'start' && !catalogue.lists && catalogue.error === null) return <p className="cp-loading">{t('loading')}</p>
  if (step.is === 'start' && existing) {
    return (
      <main className="picker">
        {refused}
        <Existing
          activity={existing}
          platform={platform}
          onEdit={() => write(existing.id)}
          onReview={() => {
            setIds([existing.id])
            review([existing])
          }}
          onOther={() => setStep({ is: 'choose' })}
          onCancel={() => void handing.start([])}
        />
      </main>
    )
  }
  if (step.is === 'review') {
    return (
      <main className="picker">
        <Review
          offer={offer}
          chosen={chosen}
          items={items}
          problem={refused}
          onItems={setItems}
          onBack={() => {
            // What went meanwhile must not stand in the list any more.
            if (gone) void catalogue.reload()
            setStep({ is: 'choose' })
          }}
          onAdd={(ready) => void handing.start(ready)}
        />
      </main>
    )
  }
  return (
    <main className="picker">
      <StepHeading>{t('heading', { course })}</StepHeading>
      <p>{t(multiple ? 'several' : 'one', { platform })}</p>
      {refused}
      {offer.grading !== 'perhaps' && <GradingNote offer={offer} />}
      {offer.activityId !== null && catalogue.lists && !existing && (
        <Notice kind="warning">
          <p>{t('gone')}</p>
        </Notice>
      )}
      <Browse
        catalogue={catalogue}
        tab={tab}
        chosen={ids}
        multiple={multiple}
        title={offer.title}
        onTab={setTab}
        onToggle={(id) => setIds(toggled(ids, id, multiple))}
        onPublished={(activity) => take(activity, t('publishedChosen', { title: activity.title }))}
        onTaken={(activity) => take(activity, t('sampleTaken', { title: activity.title }))}
        onEdit={write}
      />
      {tab === 'yours' && catalogue.lists && !catalogue.lists.activities.some(canBeAdded) && (
        <Notice
          kind="info"
          actions={<Button onClick={() => void telling.start('nothing_to_add')}>{t('nothingBack', { platform })}</Button>}
        >
          <p>{t('nothingYet')}</p>
        </Notice>
      )}
      <ChoiceBar chosen={chosen} next={t('next')} onNext={() => review(chosen)} onCancel={() => void handing.start([])} />
    </main>
  )
}
