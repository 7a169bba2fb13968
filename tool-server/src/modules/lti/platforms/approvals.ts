// What an administrator decides of a registration that made itself, and of deployments that launched without being known.
import { newId } from '../../../kernel/clock.ts'
import { query, queryAlone, transaction } from '../../../kernel/db.ts'
import { notFound } from '../../../kernel/errors.ts'
import { log } from '../../../kernel/log.ts'
import { forgetDeployments } from './deployments.ts'
import type { Granted } from './dynamic-registration.ts'
import { forgetRegistrations } from './registry.ts'

/** Makes a registration active, and approves the deployment that its platform made along with it. */
export async function approveRegistration(id: string): Promise<void> {
  await transaction(async (tx) => {
    const [row] = await query<{ deployment: string | null }>(
      tx,
      `update registrations set status = 'active' where id = $1 returning granted->>'deploymentId' deployment`,
      [id],
    )
    if (!row) throw notFound('resource_not_found', 'There is no such registration.')
    if (row.deployment)
      await query(
        tx,
        `update deployments set status = 'approved' where registration_id = $1 and deployment_id = $2 and status = 'pending'`,
        [id, row.deployment],
      )
  })
  log.warn({ audit: 'registration-approved', registrationId: id }, 'a registration was approved')
  forgetRegistrations()
  forgetDeployments()
}

/** Refuses a deployment: its launches get a page that says so. It may be approved later. */
export async function refuseDeployment(registrationId: string, deploymentId: string): Promise<void> {
  await queryAlone(
    `insert into deployments (id, registration_id, deployment_id, status) values ($1, $2, $3, 'refused')
     on conflict (registration_id, deployment_id) do update set status = 'refused'`,
    [newId(), registrationId, deploymentId],
  )
  log.warn({ audit: 'deployment-refused', registrationId }, 'a deployment was refused')
  forgetDeployments()
}

/** What the platform granted at dynamic registration; null = this registration was typed by hand. */
export async function grantedOf(registrationId: string): Promise<Granted | null> {
  const [row] = await queryAlone<{ granted: Granted | null }>('select granted from registrations where id = $1', [registrationId])
  return row?.granted ?? null
}
