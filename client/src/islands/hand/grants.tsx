// More attempts and more time for this learner. Amounts are in all, so that pressing twice by mistake can be seen and taken back.
import type { Allowance, LearnerPage } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { TextInput } from '@instructure/ui-text-input'
import { type FormEvent, useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { announce } from '../../shell/live-region.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { t } from './words.ts'

const STEPS = [5, 10, 30]
const MOST_MINUTES = 525_600

export function Grants({ page, onPage }: { page: LearnerPage; onPage(page: LearnerPage): void }) {
  const { allowance, placementId, person, mayChange, attemptsAllowed } = page
  const granting = useAction(async (change: Partial<Allowance>) => {
    const body = { ...allowance, ...change }
    onPage(
      await call('PUT /api/placements/:placementId/learners/:personId/allowance', { params: { placementId, personId: person.id }, body }),
    )
    announce(t('grants.done', { name: person.name || t('unnamed') }))
  })
  const minutes = Math.round(allowance.extraSeconds / 60)
  const [text, setText] = useState(String(minutes))
  useEffect(() => setText(String(minutes)), [minutes])
  const wanted = /^\d+$/.test(text.trim()) && Number(text) <= MOST_MINUTES ? Number(text) : null
  const interaction = granting.pending ? 'disabled' : 'enabled'
  const setMinutes = (event: FormEvent) => {
    event.preventDefault()
    if (wanted !== null) void granting.start({ extraSeconds: wanted * 60 })
  }
  return (
    <section className="hand-box" aria-labelledby="hand-grants">
      <h2 id="hand-grants">{t('grants')}</h2>
      <p>
        {attemptsAllowed === null
          ? t('grants.any')
          : t(allowance.extraAttempts > 0 ? 'grants.extra' : 'grants.attempts', {
              n: attemptsAllowed + allowance.extraAttempts,
              extra: allowance.extraAttempts,
            })}
      </p>
      {mayChange && attemptsAllowed !== null && (
        <div className="cp-actions hand-tight">
          <Button interaction={interaction} onClick={() => void granting.start({ extraAttempts: allowance.extraAttempts + 1 })}>
            {t('grants.more')}
          </Button>
          {allowance.extraAttempts > 0 && (
            <Button interaction={interaction} onClick={() => void granting.start({ extraAttempts: allowance.extraAttempts - 1 })}>
              {t('grants.less')}
            </Button>
          )}
        </div>
      )}
      <p className="hand-apart">{minutes > 0 ? t('grants.time', { minutes }) : t('grants.noTime')}</p>
      {mayChange && (
        <>
          <div className="cp-actions hand-tight">
            {STEPS.map((n) => (
              <Button
                key={n}
                interaction={interaction}
                onClick={() => void granting.start({ extraSeconds: allowance.extraSeconds + n * 60 })}
              >
                {t('grants.plus', { n })}
              </Button>
            ))}
          </div>
          <form className="hand-row" onSubmit={setMinutes} noValidate>
            <TextInput
              renderLabel={t('grants.minutes')}
              value={text}
              inputMode="numeric"
              width="10rem"
              messages={wanted === null ? [{ type: 'newError', text: t('grants.bad') }] : []}
              onChange={(_, typed) => setText(typed)}
            />
            <Button type="submit" interaction={wanted === null || wanted === minutes ? 'disabled' : interaction}>
              {t('grants.set')}
            </Button>
          </form>
        </>
      )}
      <p className="hand-quiet">{t(hasEnd(page) ? 'grants.timeMeans' : 'grants.noLimit')}</p>
      <ProblemAlert error={granting.error} />
    </section>
  )
}

function hasEnd({ timeLimitSeconds, settings }: LearnerPage): boolean {
  return timeLimitSeconds !== null || settings.dueAt !== null || settings.closesAt !== null
}
