// The setup doctor: every platform with its lines.
import type { PlatformHealth } from '@cuepoint/contracts'
import { institutionNames } from '../../identity/index.ts'
import { flushFlights } from '../flight/recorder.ts'
import { lmsOf } from '../lms/index.ts'
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
