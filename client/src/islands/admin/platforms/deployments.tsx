// The installations of one LMS; one that nobody knows waits here for approval.
import type { PlatformHealth } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useRef } from 'react'
import { call } from '../../../api/call.ts'
import { announce } from '../../../shell/live-region.tsx'
import { dayAndTime } from '../../../shell/locale.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { keepFocus } from '../keep-focus.ts'
import { t } from './words.ts'

type Deployment = PlatformHealth['deployments'][number]

export function Deployments({ platform, again }: { platform: PlatformHealth; again(): Promise<void> }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const approve = useAction(async ({ deploymentId }: Deployment) => {
    await call('POST /api/admin/deployments/decision', { body: { registrationId: platform.id, deploymentId, approve: true } })
    // Who hears the outcome may press the next button at once.
    await again()
    announce(t('approved', { id: deploymentId }))
    keepFocus(heading.current)
  })
  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        {t('installations')}
      </h3>
      {platform.deployments.length === 0 ? <p>{t('noInstallations')}</p> : null}
      <ul className="admin-cards">
        {platform.deployments.map((it) => (
          <li key={it.id} className="admin-card admin-installation">
            <span>
              <strong>{t('deployment', { id: it.deploymentId })}</strong> {it.institution}{' '}
              <span className="admin-quiet">
                {it.status === 'pending'
                  ? t('waits', { time: dayAndTime(it.firstSeenAt) })
                  : it.status === 'refused'
                    ? t('wasRefused')
                    : it.lastLaunchAt
                      ? t('lastLaunch', { time: dayAndTime(it.lastLaunchAt) })
                      : t('neverLaunched')}
              </span>
            </span>
            {it.status === 'pending' ? (
              <Button size="small" color="primary" onClick={() => void approve.start(it)}>
                {t('approve')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ProblemAlert error={approve.error} />
    </>
  )
}
