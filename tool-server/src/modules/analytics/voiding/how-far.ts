// How far the LRSs of an institution have been told that the statements of somebody who was erased are void.
import type { Voiding } from '@cuepoint/contracts'
import { queryAlone } from '../../../kernel/db.ts'
import { voidStatements } from './tell-voids.ts'

interface Row extends Record<string, unknown> {
  lrs: string
  gone: boolean
  statements: number
  waiting: boolean
  refused: boolean
}

const sql = `select l.name as lrs, l.deleted_at is not null as gone,
    sum(jsonb_array_length(e.data->'sure') + jsonb_array_length(e.data->'maybe'))::int as statements,
    bool_or(d.state = 'due') as waiting, bool_or(d.state = 'parked') as refused
  from unnest($2::uuid[]) as ids (id) join events e on e.id = ids.id and e.institution_id = $1
    join deliveries d on d.event_id = e.id and d.listener = $3 join lrs_endpoints l on l.id::text = d.target
  group by l.id, l.name, l.deleted_at order by l.name, l.id`

/** `eventIds`: of the `analytics.statements.voided` that an erasure recorded. */
export async function voidingOf(institutionId: string, eventIds: readonly string[]): Promise<Voiding[]> {
  if (eventIds.length === 0) return []
  const rows = await queryAlone<Row>(sql, [institutionId, eventIds, voidStatements.name])
  return rows.map(({ lrs, gone, statements, waiting, refused }) => ({
    ...{ lrs, statements },
    state: gone ? 'gone' : waiting ? 'waiting' : refused ? 'refused' : 'told',
  }))
}
