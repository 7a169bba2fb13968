// What was done with people's data: erasures and how far record stores have heard of them, and every deed.
import type { Erasure, PrivacyDeed } from '@cuepoint/contracts'
import type { ReplyOf } from '../../../api/call.ts'
import { dayAndTime } from '../../../shell/locale.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import type { Fresh } from '../use-fresh.ts'
import { countsIn, t } from './words.ts'

type Deeds = ReplyOf<'POST /api/admin/privacy/deeds'>

export function Done({ done: { data, error, again } }: { done: Fresh<Deeds> }) {
  return (
    <section className="privacy-part">
      <h2>{t('done')}</h2>
      <ProblemAlert error={error} onRetry={() => void again()} />
      {data && data.deeds.length + data.erasures.length === 0 ? <p>{t('doneNothing')}</p> : null}
      {data && data.erasures.length > 0 ? (
        <>
          <h3>{t('erasures')}</h3>
          <ul className="admin-cards">
            {data.erasures.map((one) => (
              <ErasureCard key={one.personId} erasure={one} />
            ))}
          </ul>
        </>
      ) : null}
      {data && data.deeds.length > 0 ? (
        <table className="admin-table">
          <caption className="cp-sr">{t('doneCaption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('what')}</th>
              <th scope="col">{t('details')}</th>
              <th scope="col">{t('when')}</th>
            </tr>
          </thead>
          <tbody>
            {data.deeds.map((one) => (
              <tr key={one.id}>
                <th scope="row">{t(`deed.${one.deed}`)}</th>
                <td data-label={t('details')}>{detailsOf(one) || '–'}</td>
                <td data-label={t('when')}>{dayAndTime(one.at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  )
}

function ErasureCard({ erasure: { askedAt, doneAt, counts, voiding } }: { erasure: Erasure }) {
  return (
    <li className="admin-card">
      <p className="admin-card-title">
        {t('erasureOf', { time: dayAndTime(askedAt) })}{' '}
        <span className="privacy-state">{doneAt === null ? t('erasureUnderWay') : t('erasureDone')}</span>
      </p>
      {doneAt === null ? null : <p>{countsIn(counts)}</p>}
      {voiding.map((one) => (
        <p key={one.lrs}>{t(`voiding.${one.state}`, { lrs: one.lrs, n: one.statements })}</p>
      ))}
      {doneAt !== null && voiding.length === 0 ? <p className="admin-quiet">{t('voidingNone')}</p> : null}
    </li>
  )
}

function detailsOf({ deed, facts }: PrivacyDeed): string {
  if (deed === 'settings') {
    const months = (n: unknown) => (typeof n === 'number' ? t('keptFor', { n }) : t('keptForEver'))
    const names = facts.pseudonyms === true ? t('namesHidden') : t('namesShown')
    return t('settingsFact', { work: months(facts.workMonths), records: months(facts.recordMonths), names })
  }
  return deed === 'export' ? '' : countsIn(facts)
}
