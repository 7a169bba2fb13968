// The try-out of one LMS, step by step as it happens. A column that was made is deleted even where a later step would fail.
import type { Tried, TryStep } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useState } from 'react'
import { call } from '../../../api/call.ts'
import { announce } from '../../../shell/live-region.tsx'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { t } from './words.ts'

const order: readonly TryStep[] = ['keys', 'token', 'create', 'remove']
type Progress = Partial<Record<TryStep, Tried | 'runs'>>

export function TryOut({ platformId, again }: { platformId: string; again(): Promise<void> }) {
  const [progress, setProgress] = useState<Progress | null>(null)
  const run = useAction(async () => {
    const done: Progress = {}
    const show = (step: TryStep, is: Tried | 'runs') => {
      done[step] = is
      setProgress({ ...done })
    }
    let failed: TryStep | undefined
    for (const step of order) {
      if (failed) break
      show(step, 'runs')
      const tried = await call('POST /api/admin/doctor/:platformId/try/:step', { params: { platformId, step } })
      show(step, tried)
      if (!tried.ok) failed = step
    }
    // Who hears the outcome may press the next button at once.
    await again()
    announce(failed ? t('try.bad', { step: t(`try.${failed}`) }) : t('try.good'))
  })
  return (
    <>
      <h3>{t('tryOut')}</h3>
      <p className="admin-intro">{t('try.what')}</p>
      {progress ? (
        <ol className="admin-steps">
          {order.map((step) => (
            <Step key={step} step={step} is={progress[step]} running={run.pending} />
          ))}
        </ol>
      ) : null}
      <div className="cp-actions">
        <Button onClick={() => void run.start()}>{run.pending ? t('trying') : t('tryOut')}</Button>
        <Button href="#launches">{t('lookAt')}</Button>
      </div>
      <ProblemAlert error={run.error} />
    </>
  )
}

function Step({ step, is, running }: { step: TryStep; is: Tried | 'runs' | undefined; running: boolean }) {
  const words = is === 'runs' ? t('try.runs') : is ? is.says : t(running ? 'try.waits' : 'try.left')
  return (
    <li data-ok={typeof is === 'object' ? is.ok : undefined}>
      <strong>{t(`try.${step}`)}:</strong> {words}
      {typeof is === 'object' && is.mend ? (
        <p className="admin-mend">
          <strong>{t('mend')}:</strong> {is.mend}
        </p>
      ) : null}
    </li>
  )
}
