// Which origins may frame the page of a launch, long after the launch itself.
import { Id } from '@cuepoint/contracts'
import { queryAlone } from '../../../kernel/db.ts'
import { placementOfSession } from '../../identity/index.ts'
import { originsOf, registrationById } from '../platforms/registry.ts'

/** Allowed origins of the launch's registration; none for a launch that does not exist. */
export async function framersOf(sessionId: string): Promise<readonly string[]> {
  if (!Id.safeParse(sessionId).success) return []
  const [row] = await queryAlone<{ registration_id: string }>(
    `select registration_id from placement_services where placement_id = $1
     union all select registration_id from launches where session_id = $2 limit 1`,
    [await placementOfSession(sessionId), sessionId],
  )
  const registration = row && (await registrationById(row.registration_id))
  return registration ? originsOf(registration) : []
}
