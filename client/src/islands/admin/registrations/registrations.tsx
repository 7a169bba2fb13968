// How LMSs come in: links, what waits for approval, origins, signing keys, addresses.
import { Button } from '@instructure/ui-buttons'
import { type ReactNode, useCallback, useRef } from 'react'
import { call } from '../../../api/call.ts'
import { dayAndTime } from '../../../shell/locale.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { keepFocus } from '../keep-focus.ts'
import { LiveHead } from '../live-head.tsx'
import { useFresh } from '../use-fresh.ts'
import { KeyList } from './key-list.tsx'
import { NewLink } from './new-link.tsx'
import { t } from './words.ts'
import './registrations.css'

/** A thing to decide, or only to see. */
function Card({ title, children, deeds }: { title: string; children?: ReactNode; deeds: [string, () => Promise<unknown>][] }) {
  const act = useAction((deed: () => Promise<unknown>) => deed())
  return (
    <li className="admin-card">
      <p className="admin-card-title">{title}</p>
      {children}
      {deeds.length > 0 ? (
        <div className="cp-actions">
          {deeds.map(([words, deed]) => (
            <Button key={words} size="small" onClick={() => void act.start(deed)}>
              {words} <span className="cp-sr">{title}</span>
            </Button>
          ))}
        </div>
      ) : null}
      <ProblemAlert error={act.error} />
    </li>
  )
}

export function Registrations() {
  const fresh = useFresh(useCallback(() => call('GET /api/admin/registrations', {}), []))
  const { data, again } = fresh
  const waiting = useRef<HTMLHeadingElement>(null)
  const links = useRef<HTMLHeadingElement>(null)
  const then =
    (deed: () => Promise<unknown>, goOnAt = waiting) =>
    async () => {
      await deed()
      await again()
      keepFocus(goOnAt.current)
    }
  const decisions = (decide: (approve: boolean) => Promise<unknown>): [string, () => Promise<unknown>][] => [
    [t('approve'), then(() => decide(true))],
    [t('refuse'), then(() => decide(false))],
  ]
  const rotate = useAction(then(() => call('POST /api/admin/keys/rotate', {})))
  return (
    <>
      <LiveHead title={t('title')} fresh={fresh}>
        <p className="admin-intro">{t('intro')}</p>
      </LiveHead>
      {data ? (
        <div className="registrations">
          <NewLink onMade={again} />
          <h2 ref={waiting} tabIndex={-1}>
            {t('pending')}
          </h2>
          {data.pending.length + data.deployments.length === 0 ? <p>{t('noPending')}</p> : null}
          <ul className="admin-cards">
            {data.pending.map((it) => (
              <Card
                key={it.id}
                title={it.name}
                deeds={decisions((approve) => call('POST /api/admin/registrations/decision', { body: { registrationId: it.id, approve } }))}
              >
                <p>{t('client', { lms: it.lms, issuer: it.issuer, client: it.clientId })}</p>
                <p className="admin-quiet">{it.addresses.join(' · ')}</p>
                {it.refusedScopes.map((scope) => (
                  <p key={scope}>{t('notGranted', { scope })}</p>
                ))}
              </Card>
            ))}
            {data.deployments.map(({ registrationId, platform, deploymentId, status }) => (
              <Card
                key={`${registrationId} ${deploymentId}`}
                title={t('deployment', { deployment: deploymentId, platform })}
                deeds={decisions((approve) =>
                  call('POST /api/admin/deployments/decision', { body: { registrationId, deploymentId, approve } }),
                ).slice(0, status === 'refused' ? 1 : 2)}
              >
                <p>{t(status === 'refused' ? 'deploymentRefused' : 'deploymentPending')}</p>
              </Card>
            ))}
          </ul>
          <h2>{t('originsAsked')}</h2>
          {data.origins.length === 0 ? <p>{t('noOrigins')}</p> : null}
          <ul className="admin-cards">
            {data.origins.map(({ registrationId, deploymentId, origin, service, status }) => (
              <Card
                key={`${registrationId} ${deploymentId} ${origin}`}
                title={t('origin', { origin, deployment: deploymentId, service: service.replaceAll('_', ' '), status })}
                deeds={decisions((approve) =>
                  call('POST /api/admin/origins/decision', { body: { registrationId, deploymentId, origin, approve } }),
                ).filter(([words]) => words !== t(status === 'approved' ? 'approve' : status === 'refused' ? 'refuse' : 'title'))}
              />
            ))}
          </ul>
          <h2 ref={links} tabIndex={-1}>
            {t('links')}
          </h2>
          {data.links.length === 0 ? <p>{t('noLinks')}</p> : null}
          <ul className="admin-cards">
            {data.links.map((it) => (
              <Card
                key={it.id}
                title={it.name}
                deeds={
                  it.state === 'open'
                    ? [[t('revoke'), then(() => call('POST /api/admin/registration-links/revoke', { body: { linkId: it.id } }), links)]]
                    : []
                }
              >
                <p>{t(`state.${it.state}`, { time: dayAndTime(it.expiresAt) })}</p>
                {it.lastFailure ? <p>{t('lastFailure', { reason: it.lastFailure })}</p> : null}
              </Card>
            ))}
          </ul>
          <h2>{t('keys')}</h2>
          <KeyList keys={data.keys} serverNow={data.now} />
          <p>{t('rotateWhat')}</p>
          <Button size="small" onClick={() => void rotate.start()}>
            {t('rotate')}
          </Button>
          <ProblemAlert error={rotate.error} />
          <h2>{t('addresses')}</h2>
          <dl className="admin-addresses">
            {(['login', 'launch', 'keys', 'canvas'] as const).map((name) => (
              <div key={name}>
                <dt>{t(`address.${name}`)}</dt>
                <dd>{data.addresses[name]}</dd>
              </div>
            ))}
          </dl>
        </div>
      ) : null}
    </>
  )
}
