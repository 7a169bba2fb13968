// People of one institution as an administrator finds them: by the LMS's id, or by a part of a name or mail address.
import type { FoundPerson } from '@cuepoint/contracts'
import { queryAlone } from '../../../kernel/db.ts'

const most = 20

const sql = `select p.id as "personId", p.name, p.email, p.external_id as "externalId",
    array(select c.title from memberships m join courses c on c.id = m.course_id where m.person_id = p.id order by m.last_seen_at desc nulls last limit 5) as courses,
    (select max(m.last_seen_at) from memberships m where m.person_id = p.id) as "lastSeenAt"
  from people p where p.institution_id = $1 and p.erased_at is null
    and (p.external_id = $2 or lower(p.email) = lower($2) or position(lower($2) in lower(p.name)) > 0 or position(lower($2) in lower(p.email)) > 0)
  order by (p.external_id = $2 or lower(p.email) = lower($2)) desc, p.family_name, p.name, p.id limit ${most + 1}`

interface Row extends Record<string, unknown>, Omit<FoundPerson, 'lastSeenAt'> {
  lastSeenAt: Date | null
}

export async function findPeople(institutionId: string, text: string): Promise<{ people: FoundPerson[]; more: boolean }> {
  const rows = await queryAlone<Row>(sql, [institutionId, text.trim()])
  const people = rows.slice(0, most).map((row) => ({ ...row, lastSeenAt: row.lastSeenAt?.toISOString() ?? null }))
  return { people, more: rows.length > most }
}

/** Somebody of this institution who was not erased; null = nobody. */
export async function personOf(institutionId: string, personId: string): Promise<{ name: string; externalId: string } | null> {
  const [row] = await queryAlone<{ name: string; externalId: string }>(
    'select name, external_id as "externalId" from people where institution_id = $1 and id = $2 and erased_at is null',
    [institutionId, personId],
  )
  return row ?? null
}
