// The flight recorder: everything of an installation, or what belongs to a support code.
import { Button } from '@instructure/ui-buttons'
import { TextInput } from '@instructure/ui-text-input'
import { type FormEvent, useCallback, useState } from 'react'
import { call } from '../../../api/call.ts'
import { LiveHead } from '../live-head.tsx'
import { useFresh } from '../use-fresh.ts'
import { FlightCard } from './flight-card.tsx'
import { t } from './words.ts'

type Only = 'all' | 'launches' | 'trouble'

/** `rest` of the address: a support code. */
export function Launches({ rest }: { rest: string }) {
  return rest ? <ByCode code={rest} /> : <All />
}

function CodeForm({ code }: { code: string }) {
  const [text, setText] = useState(code)
  const [said, setSaid] = useState('')
  const find = (event: FormEvent) => {
    event.preventDefault()
    setSaid(text.trim() ? '' : t('codeEmpty'))
    if (text.trim()) location.hash = `launches/${encodeURIComponent(text.trim().toUpperCase())}`
  }
  return (
    <form className="admin-find" onSubmit={find} noValidate>
      <TextInput
        renderLabel={t('code')}
        value={text}
        onChange={(_event, value) => setText(value)}
        messages={[said ? { type: 'newError', text: said } : { type: 'hint', text: t('codeHint') }]}
        autoComplete="off"
      />
      <Button type="submit" color="primary">
        {t('find')}
      </Button>
    </form>
  )
}

function ByCode({ code }: { code: string }) {
  const fresh = useFresh(useCallback(() => call('GET /api/admin/flights/code/:code', { params: { code } }), [code]))
  const flights = fresh.data?.flights
  return (
    <>
      <LiveHead title={t('found', { code })} fresh={fresh} />
      <CodeForm code={code} />
      <p>
        <a href="#launches">{t('clear')}</a>
      </p>
      {flights?.length === 0 ? <p>{t('foundNone', { code })}</p> : null}
      <ul className="admin-cards">
        {flights?.map((it) => (
          <FlightCard key={it.id} flight={it} open={it.supportCode === code} />
        ))}
      </ul>
    </>
  )
}

function All() {
  const [which, setWhich] = useState('all')
  const [only, setOnly] = useState<Only>('all')
  const fresh = useFresh(useCallback(() => call('GET /api/admin/flights/of/:which', { params: { which } }), [which]))
  const { data } = fresh
  const shown = data?.flights.filter(
    ({ kind, outcome }) => only === 'all' || (only === 'launches' ? kind === 'launch' || kind === 'login' : outcome !== 'ok'),
  )
  return (
    <>
      <LiveHead title={t('title')} fresh={fresh}>
        <p className="admin-intro">{t('intro')}</p>
      </LiveHead>
      <CodeForm code="" />
      <div className="admin-filters">
        <label>
          {t('which')}
          <select className="cp-field" value={which} onChange={(event) => setWhich(event.target.value)}>
            <option value="all">{t('all')}</option>
            {data?.deployments.map((it) => (
              <option key={it.id} value={it.id}>
                {t('deployment', { platform: it.platform, deployment: it.deploymentId })}
              </option>
            ))}
            <option value="unknown">{t('unknown')}</option>
          </select>
        </label>
        <label>
          {t('only')}
          <select className="cp-field" value={only} onChange={(event) => setOnly(event.target.value as Only)}>
            <option value="all">{t('only.all')}</option>
            <option value="launches">{t('only.launches')}</option>
            <option value="trouble">{t('only.trouble')}</option>
          </select>
        </label>
      </div>
      {shown?.length === 0 ? <p>{only === 'all' ? t('empty') : t('emptyFilter')}</p> : null}
      <ul className="admin-cards">
        {shown?.map((it) => (
          <FlightCard key={it.id} flight={it} open={false} />
        ))}
      </ul>
    </>
  )
}
