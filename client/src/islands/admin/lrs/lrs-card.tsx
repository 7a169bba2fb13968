// One LRS: how it stands, and what an operator may do with it.
import type { LrsDesk, LrsState } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useState } from 'react'
import { call } from '../../../api/call.ts'
import { announce } from '../../../shell/live-region.tsx'
import { dayAndTime, numeral } from '../../../shell/locale.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { LrsForm } from './lrs-form.tsx'
import { Resend } from './resend.tsx'
import { ageIn, t } from './words.ts'

export function LrsCard({ lrs, desk, again }: { lrs: LrsState; desk: LrsDesk; again(): Promise<void> }) {
  const [open, setOpen] = useState<'edit' | 'resend' | 'remove' | null>(null)
  const [said, setSaid] = useState('')
  const act = useAction((deed: () => Promise<unknown>) => deed())
  const body = { lrsId: lrs.id }
  const say = (words: string) => {
    setSaid(words)
    announce(words)
  }
  const tryOut = async () => {
    const { outcome, words } = await call('POST /api/admin/lrs/try', { body })
    // Who reads the outcome may press the next button at once.
    await again()
    say(t(`try.${outcome}`, { words }))
  }
  const turn = (on: boolean) => () => call('POST /api/admin/lrs/switch', { body: { ...body, on } }).then(again)
  const deeds: [string, () => void][] = [
    [t('try'), () => void act.start(tryOut)],
    lrs.state === 'on' ? [t('pause'), () => void act.start(turn(false))] : [t('resume'), () => void act.start(turn(true))],
    [t('edit'), () => setOpen('edit')],
    [t('resend'), () => setOpen('resend')],
    [t('remove'), () => setOpen('remove')],
  ]
  return (
    <li className="admin-card">
      <p className="admin-card-title">
        {lrs.name} <span className={`lrs-state lrs-${lrs.state}`}>{t(`state.${lrs.state}`)}</span>{' '}
        <span className="admin-quiet">{lrs.institution.name}</span>
      </p>
      {lrs.state === 'refused' ? <p role="alert">{t('refused', { words: lrs.stateReason ?? '' })}</p> : null}
      <Figures lrs={lrs} />
      <p className="admin-quiet lrs-address">
        {lrs.url} · xAPI {lrs.xapiVersion} · {t('actor')} {t(`actor.${lrs.actor}`)}
      </p>
      {said ? <p className="admin-said">{said}</p> : null}
      {open === 'edit' ? (
        <LrsForm
          desk={desk}
          lrs={lrs}
          onCancel={() => setOpen(null)}
          onSaved={async () => {
            setOpen(null)
            say(t('saved'))
            await again()
          }}
        />
      ) : null}
      {open === 'resend' ? <Resend lrsId={lrs.id} onCancel={() => setOpen(null)} onSent={(n) => say(t('resent', { n }))} /> : null}
      {open === 'remove' ? <p role="alert">{t('remove.what')}</p> : null}
      <div className="cp-actions">
        {open === 'remove' ? (
          <>
            <Button
              color="danger"
              size="small"
              onClick={() => void act.start(() => call('POST /api/admin/lrs/remove', { body }).then(again))}
            >
              {t('remove.sure')}
            </Button>
            <Button size="small" onClick={() => setOpen(null)}>
              {t('remove.keep')}
            </Button>
          </>
        ) : null}
        {open === null
          ? deeds.map(([words, deed]) => (
              <Button key={words} size="small" onClick={deed}>
                {words} <span className="cp-sr">{lrs.name}</span>
              </Button>
            ))
          : null}
      </div>
      <ProblemAlert error={act.error} />
    </li>
  )
}

function Figures({ lrs: { backlog, sent, perMinute, lastSentAt, lastError, lastErrorAt } }: { lrs: LrsState }) {
  return (
    <>
      <p>{backlog.due > 0 ? t('waiting', { n: backlog.due, age: ageIn(backlog.oldestSeconds) }) : t('nothingWaits')}</p>
      {backlog.parked > 0 ? <p>{t('parked', { n: backlog.parked })}</p> : null}
      <p>
        {lastSentAt
          ? t('sent', {
              n: sent,
              rate: numeral(perMinute < 10 ? Math.round(perMinute * 10) / 10 : Math.round(perMinute)),
              time: dayAndTime(lastSentAt),
            })
          : t('neverSent')}
      </p>
      {lastError && lastErrorAt ? (
        <p className="admin-quiet">{t('lastError', { time: dayAndTime(lastErrorAt), words: lastError })}</p>
      ) : null}
    </>
  )
}
