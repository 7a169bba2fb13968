// Who looked at whom, by institution; found by either person, by page, and as a CSV.
import type { SeenLook } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useCallback, useState } from 'react'
import { call } from '../../../api/call.ts'
import { download } from '../../../shell/download.ts'
import { announce } from '../../../shell/live-region.tsx'
import { dayAndTime } from '../../../shell/locale.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { LiveHead } from '../live-head.tsx'
import { useFresh } from '../use-fresh.ts'
import { InstitutionChoice } from './institution-choice.tsx'
import { t } from './words.ts'
import './privacy.css'

export function Looks() {
  const desk = useFresh(
    useCallback(() => call('GET /api/admin/privacy', {}), []),
    0,
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const all = desk.data?.institutions ?? []
  const institutionId = all.find(({ id }) => id === chosen)?.id ?? all[0]?.id ?? ''
  return (
    <>
      {institutionId ? (
        <OfInstitution key={institutionId} institutionId={institutionId}>
          <InstitutionChoice all={all} chosen={institutionId} onChoose={setChosen} />
        </OfInstitution>
      ) : (
        <>
          <LiveHead title={t('looksTitle')} fresh={desk}>
            <p className="admin-intro">{t('looksIntro')}</p>
          </LiveHead>
          {desk.data ? <p>{t('none')}</p> : null}
        </>
      )}
    </>
  )
}

function OfInstitution({ institutionId, children }: { institutionId: string; children: React.ReactNode }) {
  const [typed, setTyped] = useState('')
  const [text, setText] = useState('')
  const fresh = useFresh(
    useCallback(() => call('POST /api/admin/looks', { body: { institutionId, text, before: null } }), [institutionId, text]),
    30_000,
  )
  const [older, setOlder] = useState<{ of: string; looks: SeenLook[]; more: boolean } | null>(null)
  const behind = older?.of === text ? older : null
  const shown = [...(fresh.data?.looks ?? []), ...(behind?.looks ?? [])]
  const page = useAction(async () => {
    const next = await call('POST /api/admin/looks', { body: { institutionId, text, before: shown.at(-1)?.id ?? null } })
    setOlder({ of: text, looks: [...(behind?.looks ?? []), ...next.looks], more: next.more })
  })
  const save = useAction(async () => {
    const { fileName, csv } = await call('POST /api/admin/looks/csv', { body: { institutionId, text } })
    download(fileName, csv)
    announce(t('looksCsvDone', { name: fileName }))
  })
  return (
    <>
      <LiveHead title={t('looksTitle')} fresh={fresh}>
        <p className="admin-intro">{t('looksIntro')}</p>
      </LiveHead>
      {children}
      <form
        className="admin-filters"
        onSubmit={(event) => {
          event.preventDefault()
          setText(typed.trim())
        }}
      >
        <label>
          {t('looksFind')}
          <input className="cp-field" maxLength={200} autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </label>
        <Button type="submit">{t('looksShow')}</Button>
        <Button onClick={() => void save.start()}>{t('looksCsv')}</Button>
      </form>
      <ProblemAlert error={save.error ?? page.error} />
      {fresh.data && shown.length === 0 ? <p role="status">{text ? t('looksNoMatch', { text }) : t('looksNone')}</p> : null}
      {shown.length > 0 ? <Table looks={shown} /> : null}
      {(behind ?? fresh.data)?.more ? <Button onClick={() => void page.start()}>{t('looksOlder')}</Button> : null}
    </>
  )
}

function Table({ looks }: { looks: readonly SeenLook[] }) {
  return (
    <table className="admin-table">
      <caption className="cp-sr">{t('looksCaption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('looksWho')}</th>
          <th scope="col">{t('looksWhom')}</th>
          <th scope="col">{t('what')}</th>
          <th scope="col">{t('when')}</th>
        </tr>
      </thead>
      <tbody>
        {looks.map(({ id, by, of, what, course, placement, at }) => (
          <tr key={id}>
            <th scope="row">{by ? by.name || t('lmsId', { id: by.externalId }) : t('administrator')}</th>
            <td data-label={t('looksWhom')}>
              {of ? (of.erased ? t('erasedPerson') : of.name || t('lmsId', { id: of.externalId })) : t('theClass')}
            </td>
            <td data-label={t('what')}>
              <span>
                {t(`look.${what}`)} <span className="admin-quiet">{[placement, course].filter(Boolean).join(', ')}</span>
              </span>
            </td>
            <td data-label={t('when')}>{dayAndTime(at)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
