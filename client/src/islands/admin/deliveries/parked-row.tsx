// One delivery that was given up. Discarding asks once more: it cannot be undone.
import type { ParkedRow as Parked } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useState } from 'react'
import { dayAndTime } from '../../../shell/locale.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { listenerName, t } from './words.ts'

interface Props {
  readonly row: Parked
  onResend(row: Parked): Promise<void>
  onDiscard(row: Parked): Promise<void>
}

export function ParkedRow({ row, onResend, onDiscard }: Props) {
  const [asking, setAsking] = useState(false)
  const resend = useAction(onResend)
  const discard = useAction(onDiscard)
  return (
    <li className="admin-card">
      <p className="admin-card-title">
        {listenerName(row.listener)} <span className="admin-quiet">{row.institution.name}</span>
      </p>
      <p className="admin-sentence">{row.reason}</p>
      <p className="admin-quiet">
        {row.event}, {t('tries', { n: row.attempts, time: dayAndTime(row.parkedAt) })}
      </p>
      {asking ? <p role="alert">{t('discard.what')}</p> : null}
      <div className="cp-actions">
        {asking ? (
          <>
            <Button color="danger" size="small" onClick={() => void discard.start(row)}>
              {t('discard.sure')}
            </Button>
            <Button size="small" onClick={() => setAsking(false)}>
              {t('discard.keep')}
            </Button>
          </>
        ) : (
          <>
            <Button size="small" onClick={() => void resend.start(row)}>
              {t('resend')}
            </Button>
            <Button size="small" onClick={() => setAsking(true)}>
              {t('discard')}
            </Button>
          </>
        )}
      </div>
      <ProblemAlert error={resend.error ?? discard.error} />
    </li>
  )
}
