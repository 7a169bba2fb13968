// A range of time that goes to an LRS again.
import { Button } from '@instructure/ui-buttons'
import { useId, useState } from 'react'
import { call } from '../../../api/call.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { t } from './words.ts'

const local = (at: Date) => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

export function Resend({ lrsId, onSent, onCancel }: { lrsId: string; onSent(count: number): void; onCancel(): void }) {
  const id = useId()
  const [from, setFrom] = useState(() => local(new Date(Date.now() - 86_400_000)))
  const [until, setUntil] = useState(() => local(new Date(Date.now() + 60_000)))
  const send = useAction(async () => {
    const range = { from: new Date(from).toISOString(), until: new Date(until).toISOString() }
    const { count } = await call('POST /api/admin/lrs/resend', { body: { lrsId, ...range } })
    onSent(count)
    onCancel()
  })
  return (
    <form
      className="admin-filters"
      onSubmit={(event) => {
        event.preventDefault()
        void send.start()
      }}
    >
      <label htmlFor={`${id}from`}>
        {t('from')}
        <input
          className="cp-field"
          id={`${id}from`}
          type="datetime-local"
          required
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <label htmlFor={`${id}until`}>
        {t('until')}
        <input
          className="cp-field"
          id={`${id}until`}
          type="datetime-local"
          required
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      </label>
      <Button type="submit" color="primary">
        {t('resendGo')}
      </Button>
      <Button onClick={onCancel}>{t('cancel')}</Button>
      <ProblemAlert error={send.error} />
    </form>
  )
}
