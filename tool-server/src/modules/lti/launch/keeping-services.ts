// What a launch says of its placement's services: scores and rosters must not depend on the launch living on.
import { hash } from 'node:crypto'
import { query, type Tx } from '../../../kernel/db.ts'
import { lmsOf } from '../lms/index.ts'
import type { Deployment } from '../platforms/deployments.ts'
import type { Registration } from '../platforms/registry.ts'
import { lineItemScope } from '../services/columns.ts'
import { scopes } from '../services/grade-call.ts'
import { type Launch, launchFrom, type Payload } from './claims.ts'

/** A launch, and whose it is. */
export interface Said {
  readonly launch: Launch
  readonly registration: Registration
  readonly deployment: Deployment
}

/** There is a gradebook column, and we may write into it. */
export function takesScores(launch: Launch, registration: Registration): boolean | null {
  const { grades } = launch
  if (grades && grades.lineItemUrl === null && columnWanted(launch, registration)) return null
  return grades && grades.lineItemUrl !== null && grades.scopes.includes(scopes.score)
}

/** The LMS makes none for this link, and it is to have one: who placed it without points has said that it is not. */
function columnWanted({ grades, custom }: Launch, registration: Registration): boolean {
  if (!lmsOf(registration.lms).makesNoColumn || !grades?.lineItemsUrl || custom.cuepoint_points === '0') return false
  return grades.scopes.includes(scopes.score) && grades.scopes.includes(lineItemScope)
}

/** What the LMS said of this placement's services, in short. */
export function markOf({ launch, registration, deployment }: Said): Buffer {
  const { grades, membershipsUrl, others } = launch
  return hash('sha256', JSON.stringify([registration.id, deployment.id, membershipsUrl, grades, others]), 'buffer')
}

export async function keepServices(tx: Tx, { launch, registration, deployment }: Said, placementId: string): Promise<void> {
  await query(
    tx,
    `insert into placement_services (placement_id, registration_id, deployment_id, line_item_url, line_items_url, memberships_url, scopes, updated_at,
       groups_url, notices_url, notice_types, column_wanted, group_sets_url)
     values ($1, $2, $3, $4, $5, $6, $7, now(), $9, $10, $11, $12, $13)
     on conflict (placement_id) do update set registration_id = excluded.registration_id, deployment_id = excluded.deployment_id,
       -- A column that we made is not named by every LMS at its link's launches.
       line_item_url = case when not $8 or (excluded.line_item_url is null and $12 and placement_services.line_item_made)
         then placement_services.line_item_url else excluded.line_item_url end,
       column_wanted = case when $8 then $12 else placement_services.column_wanted end,
       line_items_url = case when $8 then excluded.line_items_url else placement_services.line_items_url end,
       scopes = case when $8 then excluded.scopes else placement_services.scopes end,
       memberships_url = excluded.memberships_url, updated_at = excluded.updated_at,
       groups_url = excluded.groups_url, group_sets_url = excluded.group_sets_url, notices_url = excluded.notices_url, notice_types = excluded.notice_types`,
    [
      placementId,
      registration.id,
      deployment.id,
      launch.grades?.lineItemUrl ?? null,
      launch.grades?.lineItemsUrl ?? null,
      launch.membershipsUrl,
      launch.grades?.scopes ?? [],
      // A launch without the grade service's claim says nothing of it: what is known stays.
      launch.grades !== null,
      launch.others.groupsUrl,
      launch.others.noticesUrl,
      launch.others.noticeTypes,
      columnWanted(launch, registration),
      launch.others.groupSetsUrl,
    ],
    'keep-services',
  )
}

/** The same of claims that no launch has brought: whoever makes an example class knows them from its LMS. */
export async function keepServicesIn(
  tx: Tx,
  claims: Payload,
  of: { registration: Registration; deployment: Deployment; placementId: string },
): Promise<void> {
  const launch = launchFrom(claims)
  if (!('status' in launch)) await keepServices(tx, { launch, ...of }, of.placementId)
}
