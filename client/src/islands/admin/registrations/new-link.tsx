// Makes a registration link, and shows it this once with what to do with it.
import { Button } from '@instructure/ui-buttons'
import { useId, useState } from 'react'
import { call } from '../../../api/call.ts'
import { announce } from '../../../shell/live-region.tsx'
import { dayAndTime } from '../../../shell/locale.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { t } from './words.ts'

const kinds = ['canvas', 'moodle', 'blackboard', 'brightspace', 'generic'] as const

export function NewLink({ onMade }: { onMade(): Promise<void> }) {
  const id = useId()
  const [name, setName] = useState('')
  const [lms, setLms] = useState<(typeof kinds)[number]>('generic')
  const [made, setMade] = useState<{ address: string; expiresAt: string } | null>(null)
  const make = useAction(async () => {
    setMade(await call('POST /api/admin/registration-links', { body: { name, lms: lms === 'generic' ? null : lms } }))
    await onMade()
  })
  const copy = useAction(async (address: string) => {
    await navigator.clipboard.writeText(address)
    announce(t('link.copied'))
  })
  return (
    <section>
      <h2>{t('link.new')}</h2>
      <form
        className="admin-filters"
        onSubmit={(event) => {
          event.preventDefault()
          void make.start()
        }}
      >
        <label htmlFor={`${id}name`}>
          {t('link.name')}
          <input
            className="cp-field"
            id={`${id}name`}
            required
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label htmlFor={`${id}lms`}>
          {t('link.lms')}
          <select className="cp-field" id={`${id}lms`} value={lms} onChange={(event) => setLms(event.target.value as typeof lms)}>
            {kinds.map((it) => (
              <option key={it} value={it}>
                {it === 'generic' ? t('link.any') : it[0]?.toUpperCase() + it.slice(1)}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" color="primary">
          {t('link.make')}
        </Button>
      </form>
      <p className="admin-quiet">{t(`how.${lms}`)}</p>
      <ProblemAlert error={make.error ?? copy.error} />
      {made ? (
        <div role="status">
          <p>{t('link.made', { time: dayAndTime(made.expiresAt) })}</p>
          <p className="admin-command">{made.address}</p>
          <Button size="small" onClick={() => void copy.start(made.address)}>
            {t('link.copy')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
