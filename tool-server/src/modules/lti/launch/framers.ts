// Which origins may frame the page of a launch, long after the launch itself.
import { Id } from '@cuepoint/contracts'
import { queryAlone } from '../../../kernel/db.ts'
import { placementOfSession } from '../../identity/index.ts'
import { originsOf, registrationById } from '../platforms/registry.ts'

/** Allowed origins of the launch's registration and deployment; none for a launch that does not exist. */
export async function framersOf(sessionId: string): Promise<readonly string[]> {
  if (!Id.safeParse(sessionId).success) return []
  const [row] = await queryAlone<{ registration_id: string; origins: string[] }>(
    `select s.registration_id, d.origins from placement_services s join deployments d on d.id = s.deployment_id where s.placement_id = $1
     union all select l.registration_id, d.origins from launches l join deployments d on d.id = l.deployment_id where l.session_id = $2 limit 1`,
    [await placementOfSession(sessionId), sessionId],
  )
  const registration = row && (await registrationById(row.registration_id))
  return registration ? originsOf(registration, row.origins) : []
}
