// What next, for the instructor of a placed activity: its rules, and what became of the advice. Opened from the view of its learners.
import type { AdvicePlanView } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Tabs } from '@instructure/ui-tabs'
import { useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { Given } from './given.tsx'
import { PlanForm } from './plan-form.tsx'
import { t } from './words.ts'
import './next.css'

interface Props {
  readonly placementId: string
  readonly title: string
  /** A non-editing teacher only looks. */
  readonly mayChange: boolean
  onBack(): void
}

export function WhatNext({ placementId, title, mayChange, onBack }: Props) {
  const [view, setView] = useState<AdvicePlanView | null>(null)
  const [tab, setTab] = useState<'rules' | 'given'>('rules')
  const heading = useFocusOnShow<HTMLHeadingElement>()
  const reading = useAction(async () => setView(await call('GET /api/placements/:placementId/advice-plan', { params: { placementId } })))
  const { start } = reading
  useEffect(() => void start(), [start])
  return (
    <main className="next">
      <p>
        <Button size="small" onClick={onBack}>
          {t('back')}
        </Button>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {t('title', { title })}
      </h1>
      <p className="next-intro">{t('intro', { title })}</p>
      <ProblemAlert error={reading.error} onRetry={() => void start()} />
      {reading.pending && <p className="cp-loading">{t('loading')}</p>}
      {view && (
        <Tabs variant="secondary" onRequestTabChange={(_event, { id }) => id && setTab(id as typeof tab)}>
          <Tabs.Panel id="rules" renderTitle={t('rules')} isSelected={tab === 'rules'} padding="medium none">
            {tab === 'rules' && <PlanForm placementId={placementId} view={view} mayChange={mayChange} onSaved={setView} />}
          </Tabs.Panel>
          <Tabs.Panel id="given" renderTitle={t('given')} isSelected={tab === 'given'} padding="medium none">
            {tab === 'given' && <Given placementId={placementId} />}
          </Tabs.Panel>
        </Tabs>
      )}
    </main>
  )
}
