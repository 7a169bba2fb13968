// Background work: how much waits per listener, and what was given up, with its reason, to be sent again or discarded.
import type { ParkedRow as Parked } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useCallback, useRef, useState } from 'react'
import { call } from '../../../api/call.ts'
import { announce } from '../../../shell/live-region.tsx'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { keepFocus } from '../keep-focus.ts'
import { LiveHead } from '../live-head.tsx'
import { useFresh } from '../use-fresh.ts'
import { ParkedRow } from './parked-row.tsx'
import { ageOf, listenerName, t } from './words.ts'
import { Workers } from './workers.tsx'

export function Deliveries() {
  const fresh = useFresh(useCallback(() => call('GET /api/admin/deliveries', {}), []))
  const [said, setSaid] = useState('')
  const outcome = useRef<HTMLParagraphElement>(null)
  const tell = async (deed: 'resent' | 'discarded', asked: Promise<{ count: number }>) => {
    const { count } = await asked
    const words = count === 0 ? t('nothingLeft') : t(deed, { n: count })
    setSaid(words)
    announce(words)
    await fresh.again()
    keepFocus(outcome.current)
  }
  const resendAll = useAction((listener: string) => tell('resent', call('POST /api/admin/deliveries/resend', { body: { listener } })))
  const resend = (row: Parked) => tell('resent', call('POST /api/admin/deliveries/resend', { body: { ids: [row.id] } }))
  const discard = (row: Parked) => tell('discarded', call('POST /api/admin/deliveries/discard', { body: { ids: [row.id] } }))
  const { data } = fresh
  const parked = data?.listeners.reduce((sum, it) => sum + it.parked, 0) ?? 0
  return (
    <>
      <LiveHead title={t('title')} fresh={fresh}>
        <p className="admin-intro">{t('intro')}</p>
      </LiveHead>
      {data ? (
        <>
          <table className="admin-table">
            <caption className="cp-sr">{t('caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('listener')}</th>
                <th scope="col">{t('due')}</th>
                <th scope="col">{t('leased')}</th>
                <th scope="col">{t('parkedCount')}</th>
                <th scope="col">{t('oldest')}</th>
              </tr>
            </thead>
            <tbody>
              {data.listeners.map((it) => (
                <tr key={it.listener}>
                  <th scope="row">
                    {listenerName(it.listener)} <span className="admin-quiet">{it.listener}</span>
                    {it.served ? null : <span className="admin-unserved">{t('unserved')}</span>}
                  </th>
                  <td data-label={t('due')}>{it.due}</td>
                  <td data-label={t('leased')}>{it.leased}</td>
                  <td data-label={t('parkedCount')}>
                    <span>
                      {it.parked}{' '}
                      {it.parked > 0 ? (
                        <Button size="small" onClick={() => void resendAll.start(it.listener)}>
                          {t('resendAll')}
                        </Button>
                      ) : null}
                    </span>
                  </td>
                  <td data-label={t('oldest')}>{it.due + it.leased > 0 ? ageOf(it.oldestSeconds) : t('none')}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <ProblemAlert error={resendAll.error} />
          <Workers workers={data.workers} />
          <h2>{t('parked')}</h2>
          <p ref={outcome} tabIndex={-1} className="admin-said">
            {said}
          </p>
          <p>
            {parked === 0 ? t('noneParked') : t('howMany', { n: parked })} {parked > data.parked.length ? t('most') : null}
          </p>
          <ul className="admin-cards">
            {data.parked.map((row) => (
              <ParkedRow key={row.id} row={row} onResend={resend} onDiscard={discard} />
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}
