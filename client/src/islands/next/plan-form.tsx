// The rules of an activity, to be written, and what happens where there is none.
import type { AdvicePlanView, AdviceRule } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { RadioInput } from '@instructure/ui-radio-input'
import { type FormEvent, useRef, useState } from 'react'
import { call } from '../../api/call.ts'
import { announce } from '../../shell/live-region.tsx'
import { listing } from '../../shell/locale.ts'
import { Notice } from '../../shell/notice.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { type DraftRule, draftOf, newRule, planOf } from './draft-rules.ts'
import { RuleCard } from './rule-card.tsx'
import { t } from './words.ts'

const most = 12
const cameBy = { copy: 'copied', share: 'shared' } as const

interface Props {
  readonly placementId: string
  readonly view: AdvicePlanView
  readonly mayChange: boolean
  onSaved(view: AdvicePlanView): void
}

export function PlanForm({ placementId, view, mayChange, onSaved }: Props) {
  const [drafts, setDrafts] = useState<readonly DraftRule[]>(() => view.plan.rules.map(draftOf))
  const [automatic, setAutomatic] = useState(view.plan.automatic)
  const [tried, setTried] = useState(false)
  const [saved, setSaved] = useState(false)
  const adding = useRef<HTMLFieldSetElement>(null)
  const { plan, wrong } = planOf(drafts, automatic, view)
  const saving = useAction(async () => {
    if (!plan) return
    onSaved(await call('PUT /api/placements/:placementId/advice-plan', { params: { placementId }, body: plan }))
    setSaved(true)
  })
  const edit = (next: readonly DraftRule[]) => {
    setDrafts(next)
    setSaved(false)
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (plan) void saving.start()
  }
  const add = (when: AdviceRule['when']) => {
    edit([...drafts, newRule(when)])
    announce(t('added', { number: drafts.length + 1 }))
  }
  const remove = (number: number) => {
    edit(drafts.filter((_, at) => at !== number - 1))
    announce(t('removed', { number }))
    // The button that had the focus is gone.
    adding.current?.querySelector('button')?.focus({ preventScroll: true })
  }
  const kinds = (['score-below', 'watched-below', 'topic-wrong', 'score-from'] as const).filter(
    (when) => when !== 'watched-below' || view.activity.kind === 'video',
  )
  return (
    <form onSubmit={save} noValidate>
      {mayChange ? null : <p>{t('look')}</p>}
      {view.cameFrom ? (
        <Notice kind={view.cameFrom.missing.length > 0 ? 'warning' : 'info'}>
          <p>{t(cameBy[view.cameFrom.by], { course: view.cameFrom.courseTitle })}</p>
          {view.cameFrom.missing.length > 0 ? <p>{t('missingHere', { what: listing(view.cameFrom.missing) })}</p> : null}
        </Notice>
      ) : null}
      <fieldset className="next-all" disabled={!mayChange}>
        <legend className="cp-sr">{t('rules')}</legend>
        {drafts.length === 0 && <p>{t('none')}</p>}
        {drafts.map((draft, at) => (
          <RuleCard
            key={draft.key}
            draft={draft}
            number={at + 1}
            view={view}
            mayChange={mayChange}
            onChange={(change) => edit(drafts.map((one) => (one === draft ? { ...one, ...change } : one)))}
            onRemove={() => remove(at + 1)}
          />
        ))}
        {mayChange && drafts.length < most ? (
          <fieldset className="next-add" ref={adding}>
            <legend>{t('add')}</legend>
            <div className="cp-actions">
              {kinds.map((when) => (
                <Button key={when} size="small" onClick={() => add(when)}>
                  {t(`add.${when}`)}
                </Button>
              ))}
            </div>
          </fieldset>
        ) : null}
        <fieldset className="next-automatic">
          <legend>{t('automatic')}</legend>
          {([true, false] as const).map((on) => (
            <RadioInput
              key={String(on)}
              name="next-automatic"
              value={String(on)}
              checked={automatic === on}
              disabled={!mayChange}
              onChange={() => {
                setAutomatic(on)
                setSaved(false)
              }}
              label={
                <>
                  {t(on ? 'automaticOn' : 'automaticOff')}
                  {on ? <span className="next-means">{t('automaticOnMeans')}</span> : null}
                </>
              }
            />
          ))}
        </fieldset>
      </fieldset>
      {tried && wrong.length > 0 && (
        <Notice kind="danger" role="alert">
          {wrong.map(({ number, what }) => (
            <p key={number}>{t(what, { number })}</p>
          ))}
        </Notice>
      )}
      <ProblemAlert error={saving.error} onRetry={() => void saving.start()} />
      {saved && (
        <Notice kind="success" role="status">
          <p>{t('saved')}</p>
        </Notice>
      )}
      {mayChange && (
        <div className="cp-actions">
          <Button type="submit" color="primary" interaction={saving.pending ? 'disabled' : 'enabled'}>
            {saving.pending ? t('saving') : t('save')}
          </Button>
        </div>
      )}
    </form>
  )
}
