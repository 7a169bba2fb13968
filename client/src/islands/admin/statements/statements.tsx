// The newest statements that the house keeps, as they come.
import { useCallback } from 'react'
import { call } from '../../../api/call.ts'
import { dayAndTime } from '../../../shell/locale.ts'
import { LiveHead } from '../live-head.tsx'
import { t } from '../lrs/words.ts'
import { useFresh } from '../use-fresh.ts'
import '../lrs/lrs.css'

export function Statements() {
  const fresh = useFresh(
    useCallback(() => call('GET /api/admin/statements', {}), []),
    2000,
  )
  const { data } = fresh
  return (
    <>
      <LiveHead title={t('statements.title')} fresh={fresh}>
        <p className="admin-intro">{t('statements.intro')}</p>
      </LiveHead>
      {data?.statements.length === 0 ? <p>{t('statements.none')}</p> : null}
      {data && data.statements.length > 0 ? (
        <table className="admin-table">
          <caption className="cp-sr">{t('statements.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('statements.what')}</th>
              <th scope="col">{t('statements.course')}</th>
              <th scope="col">{t('statements.when')}</th>
            </tr>
          </thead>
          <tbody>
            {data.statements.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  {one.verb}: {one.object}
                  <details>
                    <summary>{t('statements.whole')}</summary>
                    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
                    <pre className="lrs-statement" tabIndex={0}>
                      {JSON.stringify(one.statement, null, 2)}
                    </pre>
                  </details>
                </th>
                <td data-label={t('statements.course')}>
                  {one.course} <span className="admin-quiet">{one.institution}</span>
                </td>
                <td data-label={t('statements.when')}>{dayAndTime(one.stored)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  )
}
