// The report per institution, for seven or thirty days, and as a CSV.
import { Button } from '@instructure/ui-buttons'
import { useCallback, useState } from 'react'
import { call } from '../../../api/call.ts'
import { reportMessages } from '../../../messages/en/admin-report.ts'
import { download } from '../../../shell/download.ts'
import { announce } from '../../../shell/live-region.tsx'
import { numeral } from '../../../shell/locale.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { words } from '../../../shell/text.ts'
import { useAction } from '../../../shell/use-action.ts'
import { LiveHead } from '../live-head.tsx'
import { useFresh } from '../use-fresh.ts'

const t = words(reportMessages)
const columns = ['launches', 'people', 'attempts', 'accepted', 'refused', 'waiting'] as const

export function Report() {
  const [days, setDays] = useState('7')
  const fresh = useFresh(
    useCallback(() => call('GET /api/admin/report/:days', { params: { days } }), [days]),
    60_000,
  )
  const save = useAction(async () => {
    const { name, text } = await call('GET /api/admin/report/:days/csv', { params: { days } })
    download(name, text)
    announce(t('csvDone', { name }))
  })
  const rows = fresh.data?.rows
  return (
    <>
      <LiveHead title={t('title')} fresh={fresh}>
        <p className="admin-intro">{t('intro')}</p>
      </LiveHead>
      <div className="admin-filters">
        <label>
          {t('period')}
          <select className="cp-field" value={days} onChange={(event) => setDays(event.target.value)}>
            <option value="7">{t('last', { days: 7 })}</option>
            <option value="30">{t('last', { days: 30 })}</option>
          </select>
        </label>
        <Button onClick={() => void save.start()}>{t('csv')}</Button>
      </div>
      <ProblemAlert error={save.error} />
      {rows?.length === 0 ? <p>{t('none')}</p> : null}
      {rows && rows.length > 0 ? (
        <table className="admin-table">
          <caption className="cp-sr">{t('caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('institution')}</th>
              {columns.map((it) => (
                <th key={it} scope="col">
                  {t(it)}
                </th>
              ))}
              <th scope="col">{t('refusals')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ institution, scores, refusals, ...counts }) => (
              <tr key={institution?.id ?? ''}>
                <th scope="row">{institution?.name ?? t('nobody')}</th>
                {columns.map((it) => (
                  <td key={it} data-label={t(it)}>
                    {numeral({ ...counts, ...scores }[it])}
                  </td>
                ))}
                <td data-label={t('refusals')}>
                  {refusals.length === 0 ? (
                    t('noRefusals')
                  ) : (
                    <ul className="admin-plain">
                      {refusals.map(({ reason, count }) => (
                        <li key={reason}>
                          {numeral(count)} <code>{reason}</code>
                        </li>
                      ))}
                    </ul>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  )
}
