// The class list of a course, written whole as somebody above fetched it: people, memberships, and how fresh it is. One transaction
// tells `identity.roster.refreshed`. Nobody's attempts are touched: who left stays known. Who was erased is not brought back by a list.
import type { Roster } from '@cuepoint/contracts'
import { newId, now, nowMs } from '../../kernel/clock.ts'
import { query, queryAlone, type Tx } from '../../kernel/db.ts'
import { record } from '../../kernel/events/outbox.ts'
import { erasedAmong } from './privacy/erased-marks.ts'

export interface RosterPerson {
  externalId: string
  name: string
  givenName: string
  familyName: string
  email: string
  /** The school's own id for them (SIS); '' where it was not sent. */
  sourcedId: string
  role: 'instructor' | 'learner'
  status: 'active' | 'inactive' | 'left'
}

interface Scope {
  institutionId: string
  courseId: string
}

/** How fresh the class list is; null where nobody has asked for one yet. */
export async function rosterOf(courseId: string): Promise<Roster | null> {
  const [row] = await queryAlone<{ refreshed_at: Date | null; people: number; tried_at: Date | null; failure: string | null }>(
    'select refreshed_at, people, tried_at, failure from rosters where course_id = $1',
    [courseId],
  )
  if (!row) return null
  return {
    refreshedAt: row.refreshed_at?.toISOString() ?? null,
    people: row.people,
    triedAt: row.tried_at?.toISOString() ?? null,
    failure: row.failure,
  }
}

/**
 * Takes the right to fetch the class list now; false where it was tried less than so many seconds ago. One statement: of any number of
 * processes that ask at once, one gets it.
 */
export async function claimRosterRead(courseId: string, notWithinSeconds: number): Promise<boolean> {
  const claimed = await queryAlone(
    `insert into rosters as r (course_id, tried_at) values ($1, $2)
     on conflict (course_id) do update set tried_at = excluded.tried_at where r.tried_at is null or r.tried_at <= $3 returning 1`,
    [courseId, now(), new Date(nowMs() - notWithinSeconds * 1000)],
  )
  return claimed.length > 0
}

/** The try failed: what is known stays, and a teacher is told why. */
export async function keepRosterFailure(courseId: string, failure: string): Promise<void> {
  await queryAlone('update rosters set failure = $2 where course_id = $1', [courseId, failure.slice(0, 400)])
}

// Written in the order of their ids, and only what differs: launches write the same rows.
const peopleSql = `
with given as (select * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
    as g (id, external_id, name, given_name, family_name, email, sourced_id)),
changed as (
  update people p set name = coalesce(nullif(g.name, ''), p.name), given_name = coalesce(nullif(g.given_name, ''), p.given_name),
    family_name = coalesce(nullif(g.family_name, ''), p.family_name), email = coalesce(nullif(g.email, ''), p.email),
    sourced_id = coalesce(nullif(g.sourced_id, ''), p.sourced_id), updated_at = $9
  from given g where p.institution_id = $1 and p.external_id = g.external_id
    and (p.name, p.given_name, p.family_name, p.email, p.sourced_id) is distinct from
      (coalesce(nullif(g.name, ''), p.name), coalesce(nullif(g.given_name, ''), p.given_name),
       coalesce(nullif(g.family_name, ''), p.family_name), coalesce(nullif(g.email, ''), p.email), coalesce(nullif(g.sourced_id, ''), p.sourced_id)))
insert into people (id, institution_id, external_id, name, given_name, family_name, email, sourced_id, created_at, updated_at)
select g.id, $1, g.external_id, g.name, g.given_name, g.family_name, g.email, g.sourced_id, $9, $9 from given g
where not exists (select from people p where p.institution_id = $1 and p.external_id = g.external_id)
order by g.external_id on conflict (institution_id, external_id) do nothing`

const membersSql = `
with given as (select p.id person_id, g.role, g.status from unnest($2::text[], $3::text[], $4::text[]) as g (external_id, role, status)
    join people p on p.institution_id = $5 and p.external_id = g.external_id),
before as (select person_id, role, status, last_seen_at from memberships where course_id = $1),
changed as (
  update memberships m set role = g.role, status = g.status from given g
  where m.course_id = $1 and m.person_id = g.person_id and (m.role, m.status) is distinct from (g.role, g.status)),
new as (
  insert into memberships (person_id, course_id, role, status, last_seen_at) select person_id, $1, role, status, null from given g
  where not exists (select from before b where b.person_id = g.person_id) order by person_id on conflict (course_id, person_id) do nothing),
gone as (
  -- Who opened something while the list was on its way was not on it yet: they stay.
  update memberships m set status = 'left' where m.course_id = $1 and m.status <> 'left' and $6
    and not exists (select from given g where g.person_id = m.person_id) and coalesce(m.last_seen_at < $7, true) returning m.person_id)
select g.person_id, g.role, g.status, b.role as old_role, b.status as old_status from given g left join before b on b.person_id = g.person_id
where (g.role, g.status) is distinct from (b.role, b.status)
union all select person_id, null, 'left', null, 'active' from gone`

interface Change {
  person_id: string
  role: 'instructor' | 'learner' | null
  status: RosterPerson['status']
  old_role: string | null
  old_status: string | null
}

/** Writes the list. `whole`: who is not on it has left; else (a part of the course only) nobody has. `askedAt`: when fetching began. */
export async function keepRoster(
  tx: Tx,
  scope: Scope,
  listed: readonly RosterPerson[],
  { whole, askedAt }: { whole: boolean; askedAt: Date },
): Promise<void> {
  const { institutionId, courseId } = scope
  await query(tx, 'select from rosters where course_id = $1 for update', [courseId])
  const externalIds = listed.map((one) => one.externalId)
  const erased = await erasedAmong(tx, institutionId, externalIds)
  const people = listed.filter((one) => !erased.has(one.externalId))
  const sorted = [...people].sort((a, b) => (a.externalId < b.externalId ? -1 : 1))
  const column = <K extends keyof RosterPerson>(key: K) => sorted.map((one) => one[key])
  const names = [column('name'), column('givenName'), column('familyName'), column('email'), column('sourcedId')]
  await query(tx, peopleSql, [institutionId, sorted.map(() => newId()), column('externalId'), ...names, now()])
  const changes = await query<Change & Record<string, unknown>>(tx, membersSql, [
    ...[courseId, column('externalId'), column('role'), column('status')],
    ...[institutionId, whole, askedAt],
  ])
  const here = people.filter((one) => one.status === 'active').length
  await query(tx, 'update rosters set refreshed_at = $2, people = $3, failure = null where course_id = $1', [courseId, now(), here])
  const data = { people: here, ...changeOf(changes) }
  await record(tx, { name: 'identity.roster.refreshed', institutionId, courseId, personId: null, placementId: null, data })
}

function changeOf(changes: readonly Change[]) {
  const isNew = (it: Change) => it.status === 'active' && it.old_status !== 'active'
  return {
    added: changes.filter(isNew).map((it) => it.person_id),
    roleChanged: changes.flatMap((it) =>
      it.role && it.old_role && it.role !== it.old_role ? [{ personId: it.person_id, role: it.role }] : [],
    ),
    left: changes.filter((it) => it.status !== 'active' && it.old_status === 'active').map((it) => it.person_id),
  }
}
