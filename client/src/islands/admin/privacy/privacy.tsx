// People's data: what an institution keeps, what was asked for one person, and what was done.
import { useCallback, useState } from 'react'
import { call } from '../../../api/call.ts'
import { LiveHead } from '../live-head.tsx'
import { useFresh } from '../use-fresh.ts'
import { Done } from './done.tsx'
import { InstitutionChoice } from './institution-choice.tsx'
import { OnePerson } from './one-person.tsx'
import { Settings } from './settings.tsx'
import { t } from './words.ts'
import './privacy.css'

export function Privacy() {
  const fresh = useFresh(
    useCallback(() => call('GET /api/admin/privacy', {}), []),
    0,
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const all = fresh.data?.institutions ?? []
  const institution = all.find(({ id }) => id === chosen) ?? all[0]
  const institutionId = institution?.id ?? ''
  const done = useFresh(
    useCallback(
      async () => (institutionId ? call('POST /api/admin/privacy/deeds', { body: { institutionId } }) : { deeds: [], erasures: [] }),
      [institutionId],
    ),
  )
  return (
    <>
      <LiveHead title={t('title')} fresh={fresh}>
        <p className="admin-intro">{t('intro')}</p>
      </LiveHead>
      {fresh.data && !institution ? <p>{t('none')}</p> : null}
      {institution ? (
        <>
          <InstitutionChoice all={all} chosen={institution.id} onChoose={setChosen} />
          <Settings
            key={`settings ${institution.id}`}
            institutionId={institution.id}
            settings={institution.settings}
            onSaved={async () => {
              await Promise.all([fresh.again(), done.again()])
            }}
          />
          <OnePerson key={`person ${institution.id}`} institutionId={institution.id} onDone={done.again} />
          <Done done={done} />
        </>
      ) : null}
    </>
  )
}
