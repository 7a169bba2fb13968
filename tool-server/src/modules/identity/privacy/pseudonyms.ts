// Learner 7: how a session of a teacher is told of people without being told who they are. Numbers are dealt by chance, and stay for
// the session; an id of their own stands for the person's, which other pages know by name.
import type { Caller } from '@cuepoint/contracts'
import { newId } from '../../../kernel/clock.ts'
import { query, queryAlone, transaction } from '../../../kernel/db.ts'
import { notFound } from '../../../kernel/errors.ts'
import { namesAreWithheld } from './settings.ts'

export type Naming = 'names' | 'pseudonyms' | 'always-pseudonyms'

export interface Pseudonym {
  id: string
  number: number
}

/** What applies to a dashboard that was asked for `wanted`. */
export async function namingFor({ institutionId }: Caller, wanted: unknown): Promise<Naming> {
  if (await namesAreWithheld(institutionId)) return 'always-pseudonyms'
  return wanted === 'pseudonyms' ? 'pseudonyms' : 'names'
}

const dealSql = `insert into pseudonyms (id, session_id, person_id, number)
select n.id, $1, n.person_id, n.place + coalesce((select max(number) from pseudonyms where session_id = $1), 0)
from (select id, person_id, row_number() over (order by random()) as place from unnest($2::uuid[], $3::uuid[]) as t (id, person_id)
  where not exists (select from pseudonyms p where p.session_id = $1 and p.person_id = t.person_id)) n`

/** By person, for this session; those that it has not met yet are dealt one now. */
export async function pseudonymsFor({ sessionId }: Caller, personIds: readonly string[]): Promise<Map<string, Pseudonym>> {
  const known = await dealt(sessionId)
  if (personIds.every((id) => known.has(id))) return known
  // Whoever asks may have several rows of one person.
  const ids = [...new Set(personIds)]
  await transaction(async (tx) => {
    await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 25))', [sessionId])
    await query(tx, dealSql, [sessionId, ids.map(() => newId()), ids])
  })
  return dealt(sessionId)
}

async function dealt(sessionId: string): Promise<Map<string, Pseudonym>> {
  const rows = await queryAlone<Pseudonym & { person_id: string }>(
    'select person_id, id, number from pseudonyms where session_id = $1',
    [sessionId],
    'pseudonyms-dealt',
  )
  return new Map(rows.map(({ person_id, id, number }) => [person_id, { id, number }]))
}

/** Whom a pseudonym of this session stands for. learner_not_found. */
export async function behindPseudonym({ sessionId }: Caller, id: string): Promise<{ personId: string; number: number }> {
  const [row] = await queryAlone<{ personId: string; number: number }>(
    'select person_id as "personId", number from pseudonyms where session_id = $1 and id = $2',
    [sessionId, id],
  )
  if (!row) throw notFound('learner_not_found', 'There is no such learner in this course.')
  return row
}
