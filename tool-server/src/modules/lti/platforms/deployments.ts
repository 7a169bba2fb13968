// Deployments of a registration and the institution each belongs to (design.md, "Who owns what").
import { newId, nowMs } from '../../../kernel/clock.ts'
import { query, type Tx } from '../../../kernel/db.ts'
import { log } from '../../../kernel/log.ts'
import { addInstitution } from '../../identity/index.ts'
import { DeploymentRow } from '../lti.models.ts'

export interface Deployment {
  id: string
  registrationId: string
  deploymentId: string
  institutionId: string | null
  status: 'pending' | 'approved' | 'refused'
  /** Approved by an administrator beside those of the registration. */
  origins: readonly string[]
}

const rememberedMs = 30_000
const remembered = new Map<string, { deployment: Deployment; until: number }>()

export function forgetDeployments(): void {
  remembered.clear()
}

/** The deployment of a launch; one never seen before is noted as pending, for an administrator to approve. */
export async function deploymentOf(tx: Tx, registrationId: string, deploymentId: string): Promise<Deployment> {
  const key = `${registrationId} ${deploymentId}`
  const known = remembered.get(key)
  if (known && known.until > nowMs()) return known.deployment
  const [deployment] = await query<Deployment & { added: boolean }>(
    tx,
    `with added as (
       insert into deployments (id, registration_id, deployment_id)
       select $3, $1, $2 where not exists (select from deployments where registration_id = $1 and deployment_id = $2)
       on conflict (registration_id, deployment_id) do update set deployment_id = excluded.deployment_id returning *)
     select id, registration_id "registrationId", deployment_id "deploymentId", institution_id "institutionId", status, origins, false added
     from deployments where registration_id = $1 and deployment_id = $2
     union all select id, registration_id, deployment_id, institution_id, status, origins, true from added limit 1`,
    [registrationId, deploymentId, newId()],
  )
  if (!deployment) throw new Error('the deployment is neither there nor made')
  if (deployment.added) log.warn({ audit: 'deployment-pending', registrationId, deploymentId }, 'a deployment waits for approval')
  if (deployment.status === 'approved' && deployment.institutionId) remembered.set(key, { deployment, until: nowMs() + rememberedMs })
  return deployment
}

export async function approveDeployment(registrationId: string, deploymentId: string): Promise<void> {
  const [row] = await DeploymentRow.findOrCreate({
    where: { registrationId, deploymentId },
    defaults: { id: newId(), registrationId, deploymentId, institutionId: null },
  })
  await row.update({ status: 'approved' })
  forgetDeployments()
}

/** Deployments by registration, for listings. */
export async function deploymentsOf(registrationId: string): Promise<readonly Deployment[]> {
  return (await DeploymentRow.findAll({ where: { registrationId }, order: ['deploymentId'] })).map((row) => row.get() as Deployment)
}

/**
 * The institution of a launch: one per registration and tool_platform.guid, else one per deployment.
 * Made at the first launch; two first launches at once agree by the lock they take.
 */
export async function institutionOf(
  tx: Tx,
  deployment: Deployment,
  platform: { guid: string; name: string; issuer: string },
): Promise<string> {
  if (deployment.institutionId) return deployment.institutionId
  await query(tx, 'select pg_advisory_xact_lock(hashtext($1))', [`institution ${deployment.registrationId}`])
  const found = await existingInstitution(tx, deployment, platform.guid)
  const id = found ?? newId()
  if (!found) await addInstitution(tx, { id, name: platform.name || 'Institution', homePage: platform.issuer })
  await query(tx, 'update deployments set institution_id = $2 where id = $1', [deployment.id, id])
  if (platform.guid) {
    await query(tx, 'insert into platform_instances (registration_id, guid, institution_id) values ($1, $2, $3) on conflict do nothing', [
      deployment.registrationId,
      platform.guid,
      id,
    ])
  }
  return id
}

async function existingInstitution(tx: Tx, deployment: Deployment, guid: string): Promise<string | undefined> {
  const rows = await query<{ id: string }>(
    tx,
    `select coalesce((select institution_id from deployments where id = $1),
      (select institution_id from platform_instances where registration_id = $2 and guid = $3 and $3 <> '')) id`,
    [deployment.id, deployment.registrationId, guid],
  )
  return rows[0]?.id ?? undefined
}
