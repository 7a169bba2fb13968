// The setup doctor: every platform with its lines.
import type { PlatformHealth } from '@cuepoint/contracts'
import { queryAlone } from '../../../kernel/db.ts'
import { notFound } from '../../../kernel/errors.ts'
import { institutionNames } from '../../identity/index.ts'
import { flushFlights } from '../flight/recorder.ts'
import { lmsOf } from '../lms/index.ts'
import { approveDeployment } from '../platforms/deployments.ts'
import { checksOf } from './checks.ts'
import { deploymentFacts, platformFacts } from './facts.ts'

export async function platformHealth(): Promise<PlatformHealth[]> {
  await flushFlights()
  const [platforms, deployments, institutions] = await Promise.all([platformFacts(), deploymentFacts(), institutionNames()])
  return platforms.map((facts) => ({
    id: facts.id,
    name: facts.name,
    lms: facts.lms === 'generic' ? 'LTI' : lmsOf(facts.lms).title,
    issuer: facts.issuer,
    clientId: facts.client_id,
    deployments: deployments
      .filter((it) => it.registration_id === facts.id)
      .map((it) => ({
        id: it.id,
        deploymentId: it.deployment_id,
        status: it.status,
        institution: it.institution_id ? (institutions.get(it.institution_id) ?? null) : null,
        firstSeenAt: it.first_seen_at.toISOString(),
        lastLaunchAt: it.last_launch_at?.toISOString() ?? null,
      })),
    checks: checksOf(facts),
  }))
}

export async function approve(platformId: string, deploymentRowId: string): Promise<void> {
  const [row] = await queryAlone<{ deployment_id: string }>(
    'select deployment_id from deployments where id = $1 and registration_id = $2',
    [deploymentRowId, platformId],
  )
  if (!row) throw notFound()
  await approveDeployment(platformId, row.deployment_id)
}
