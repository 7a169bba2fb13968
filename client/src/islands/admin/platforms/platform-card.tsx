// One LMS: its lines, its installations, and the try-out.
import type { Check, PlatformHealth } from '@cuepoint/contracts'
import { Deployments } from './deployments.tsx'
import { TryOut } from './try-out.tsx'
import { t } from './words.ts'

export function PlatformCard({ platform, again }: { platform: PlatformHealth; again(): Promise<void> }) {
  const trouble = platform.checks.filter(({ light }) => light === 'red' || light === 'yellow').length
  const unknown = platform.checks.filter(({ light }) => light === 'unknown').length
  const heading = `admin-platform-${platform.id}`
  return (
    <section className="admin-platform" aria-labelledby={heading}>
      <div className="admin-bar">
        <h2 id={heading}>
          {platform.name} <span className="admin-quiet">{platform.lms}</span>
        </h2>
        <strong>{trouble > 0 ? t('trouble', { n: trouble }) : unknown > 0 ? t('notKnown', { n: unknown }) : t('good')}</strong>
      </div>
      <p className="admin-quiet">{t('issuer', { issuer: platform.issuer, clientId: platform.clientId })}</p>
      <dl className="admin-checks">
        {platform.checks.map((check) => (
          <Line key={check.name} check={check} />
        ))}
      </dl>
      <Deployments platform={platform} again={again} />
      <TryOut platformId={platform.id} again={again} />
    </section>
  )
}

function Line({ check: { name, light, says, mend } }: { check: Check }) {
  return (
    <div className="admin-check">
      <dt>
        <span className={`admin-light admin-${light}`} aria-hidden="true" />
        {t(`check.${name}`)} <span className="admin-quiet">{t(`light.${light}`)}</span>
      </dt>
      <dd>
        {says}
        {mend && light !== 'unknown' ? (
          <p className="admin-mend">
            <strong>{t('mend')}:</strong> {mend}
          </p>
        ) : null}
        {mend && light === 'unknown' ? <p className="admin-quiet">{mend}</p> : null}
      </dd>
    </div>
  )
}
