// One launch or call: what came of it in a line, the steps and facts behind it.
import type { Flight } from '@cuepoint/contracts'
import { dayAndTime } from '../../../shell/locale.ts'
import { named, t } from './words.ts'

const light = { ok: 'green', waiting: 'yellow', refused: 'red', failed: 'red' } as const

export function FlightCard({ flight, open }: { flight: Flight; open: boolean }) {
  const { kind, outcome, reason, cases, steps, facts, supportCode } = flight
  const known = Object.entries(facts).filter(([, value]) => value !== '')
  return (
    <li className="admin-card">
      <details open={open}>
        <summary>
          <span className={`admin-light admin-${light[outcome]}`} aria-hidden="true" />
          <strong>{named('kind', kind)}</strong> {named('outcome', outcome)}
          {reason ? <code className="admin-reason">{reason}</code> : null}
          <span className="admin-quiet">
            {flight.platform?.name ?? t('noPlatform')}, {dayAndTime(flight.at)}, {t('took', { ms: flight.ms })}
            {supportCode ? `, ${supportCode}` : ''}
          </span>
        </summary>
        {cases.length > 0 ? <p>{t('case', { cases: cases.join(', ') })}</p> : null}
        {steps.length > 0 ? (
          <>
            <h3>{t('steps')}</h3>
            <ol className="admin-steps">
              {steps.map((step) => (
                <li key={step.name} data-ok={step.ok}>
                  {named('name', step.name)}: <strong>{step.ok ? t('step.ok') : t('step.not')}</strong>{' '}
                  <span className="admin-quiet">{t('took', { ms: step.ms })}</span>
                </li>
              ))}
            </ol>
          </>
        ) : null}
        {known.length > 0 || flight.deploymentId ? (
          <>
            <h3>{t('facts')}</h3>
            <dl className="admin-facts">
              {[...(flight.deploymentId ? [['deployment', flight.deploymentId] as const] : []), ...known].map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{String(value)}</dd>
                </div>
              ))}
            </dl>
          </>
        ) : null}
      </details>
    </li>
  )
}
