// The worker processes there are: what each serves, and what it complains of.
import type { WorkerState } from '@cuepoint/contracts'
import { dayAndTime } from '../../../shell/locale.ts'
import { t } from './words.ts'

export function Workers({ workers }: { readonly workers: readonly WorkerState[] }) {
  return (
    <>
      <h2>{t('workers')}</h2>
      {workers.length === 0 ? <p role="alert">{t('workers.none')}</p> : null}
      <ul className="admin-cards">
        {workers.map((it) => (
          <li key={`${it.host} ${it.pid}`} className="admin-card">
            <p className="admin-card-title">{t('workers.one', { host: it.host, pid: String(it.pid) })}</p>
            <p className="admin-quiet">
              {it.listens.includes('*') ? t('workers.all') : t('workers.some', { names: it.listens.join(', ') })},{' '}
              {t('workers.since', { time: dayAndTime(it.startedAt) })}
            </p>
            {it.warnings.map((warning) => (
              <p key={warning} className="admin-sentence">
                {warning}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </>
  )
}
