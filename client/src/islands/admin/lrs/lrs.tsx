// Learning record stores of the institutions: each with how it stands, and a form for one more.
import { Button } from '@instructure/ui-buttons'
import { useCallback, useState } from 'react'
import { call } from '../../../api/call.ts'
import { announce } from '../../../shell/live-region.tsx'
import { LiveHead } from '../live-head.tsx'
import { useFresh } from '../use-fresh.ts'
import { LrsCard } from './lrs-card.tsx'
import { LrsForm } from './lrs-form.tsx'
import { t } from './words.ts'
import './lrs.css'

export function LearningStores() {
  const fresh = useFresh(useCallback(() => call('GET /api/admin/lrs', {}), []))
  const [adding, setAdding] = useState(false)
  const { data, again } = fresh
  const saved = async () => {
    setAdding(false)
    announce(t('saved'))
    await again()
  }
  return (
    <>
      <LiveHead title={t('title')} fresh={fresh}>
        <p className="admin-intro">{t('intro')}</p>
      </LiveHead>
      {data ? (
        <>
          {data.all.length === 0 && !adding ? <p>{t('none')}</p> : null}
          <ul className="admin-cards">
            {data.all.map((lrs) => (
              <LrsCard key={lrs.id} lrs={lrs} desk={data} again={again} />
            ))}
          </ul>
          {adding ? (
            <section className="lrs-new">
              <h2>{t('add')}</h2>
              <LrsForm desk={data} lrs={null} onSaved={saved} onCancel={() => setAdding(false)} />
            </section>
          ) : (
            <Button color="primary" onClick={() => setAdding(true)}>
              {t('add')}
            </Button>
          )}
        </>
      ) : null}
    </>
  )
}
