// How far a Result has come on its way to the LMS, kept beside the Result by whoever carries it there, in the transaction of its own
// books: so that the two never differ, and an arrived score costs no second delivery.
import type { RefusalKind, SeenInGradebook } from '@cuepoint/contracts'
import { query, type Tx } from '../../kernel/db.ts'

interface Whose {
  placementId: string
  personId: string
}

export interface SyncMark extends Whose {
  /** Which revision of the Result; the mark of an older one is not kept. */
  revision: number
  state: 'waiting' | 'accepted' | 'refused'
  reason: string | null
  /** Of a refusal its kind; of an accepted one what the gradebook showed when it was looked into. */
  code: RefusalKind | SeenInGradebook | null
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const sorted = <T extends Whose>(some: readonly T[]): T[] =>
  [...some].sort((a, b) => compare(a.placementId, b.placementId) || compare(a.personId, b.personId))

/**
 * To be called before the books of these Results are locked: who hands in locks the Result first and the books then, and two that lock in
 * different orders would stop each other. Always in one order of their own.
 */
export async function holdResults(tx: Tx, of: readonly Whose[]): Promise<void> {
  const rows = sorted(of)
  await query(
    tx,
    `select 1 from results r join unnest($1::uuid[], $2::uuid[]) as v (placement_id, person_id)
       on r.placement_id = v.placement_id and r.person_id = v.person_id
     order by r.placement_id, r.person_id for no key update of r`,
    [rows.map((row) => row.placementId), rows.map((row) => row.personId)],
    'hold-results',
  )
}

const keepSql = `update results r set sync_state = v.state, sync_revision = v.revision, sync_reason = v.reason, sync_code = v.code, sync_at = coalesce($7, r.sync_at)
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[])
    as v (placement_id, person_id, state, revision, reason, code)
  where r.placement_id = v.placement_id and r.person_id = v.person_id and r.sync_revision <= v.revision`

/** Keeps these, one each of a Person and Placement. `at`: since when it is so; null = as before. */
export async function keepSync(tx: Tx, marks: readonly SyncMark[], at: Date | null): Promise<void> {
  const rows = sorted(marks)
  const values = [
    rows.map((row) => row.placementId),
    rows.map((row) => row.personId),
    rows.map((row) => row.state),
    rows.map((row) => row.revision),
    rows.map((row) => row.reason),
    rows.map((row) => row.code),
    at,
  ]
  if (rows.length > 0) await query(tx, keepSql, values, 'keep-sync')
}
