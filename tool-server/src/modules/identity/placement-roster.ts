// For whom a placement is, where an LMS gives it to some of the course only (differentiated assignments).
import { now, nowMs } from '../../kernel/clock.ts'
import { query, queryAlone, type Tx } from '../../kernel/db.ts'

/** Takes the right to ask now; false where that was done less than so many seconds ago. */
export async function claimPlacementRead(placementId: string, notWithinSeconds: number): Promise<boolean> {
  const claimed = await queryAlone(
    `insert into placement_rosters as r (placement_id, tried_at) values ($1, $2)
     on conflict (placement_id) do update set tried_at = excluded.tried_at where r.tried_at <= $3 returning 1`,
    [placementId, now(), new Date(nowMs() - notWithinSeconds * 1000)],
  )
  return claimed.length > 0
}

/** `externalIds`: whom the LMS named for this placement. All learners of the course: then it is for everybody, later ones too. */
export async function keepPlacementRoster(
  tx: Tx,
  { courseId, institutionId }: { courseId: string; institutionId: string },
  placementId: string,
  externalIds: readonly string[],
): Promise<void> {
  const [row] = await query<{ restricted: boolean }>(
    tx,
    `update placement_rosters set refreshed_at = $4, restricted = exists (
       select from memberships m join people p on p.id = m.person_id
       where m.course_id = $2 and m.role = 'learner' and m.status = 'active' and p.external_id <> all ($3::text[]))
     where placement_id = $1 returning restricted`,
    [placementId, courseId, externalIds, now()],
  )
  const named = row?.restricted ? externalIds : []
  await query(
    tx,
    `with named as (select id from people where institution_id = $2 and external_id = any ($3::text[])),
     gone as (delete from placement_members where placement_id = $1 and person_id not in (select id from named))
     insert into placement_members (placement_id, person_id) select $1, id from named order by id on conflict do nothing`,
    [placementId, institutionId, named],
  )
}

/** Nothing is known any more: the LMS tells no more for whom it is. */
export async function forgetPlacementRoster(placementId: string): Promise<void> {
  await queryAlone('update placement_rosters set restricted = false where placement_id = $1', [placementId])
}

/** Who it is for; null = everybody in the course. */
export async function membersOfPlacement(placementId: string): Promise<ReadonlySet<string> | null> {
  const rows = await queryAlone<{ person_id: string | null }>(
    `select m.person_id from placement_rosters r left join placement_members m on m.placement_id = r.placement_id
     where r.placement_id = $1 and r.restricted`,
    [placementId],
  )
  return rows.length === 0 ? null : new Set(rows.flatMap((row) => row.person_id ?? []))
}

/** Placements of a course that were told to be for some only: these are asked for again. */
export async function restrictedPlacementsOf(courseId: string): Promise<{ placementId: string; externalId: string }[]> {
  return queryAlone<{ placementId: string; externalId: string }>(
    `select p.id "placementId", p.external_id "externalId" from placement_rosters r join placements p on p.id = r.placement_id
     where p.course_id = $1 and r.restricted order by r.tried_at limit 50`,
    [courseId],
  )
}
