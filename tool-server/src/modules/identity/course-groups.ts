// Sections and groups of a course and who is in them: all groups as a list of the LMS tells them, or those of one person as their
// launch does.
import { newId } from '../../kernel/clock.ts'
import { query, type Tx } from '../../kernel/db.ts'
import { nameLeft } from './name-left.ts'

export interface ToldGroup {
  externalId: string
  /** '' where it is not told: a known name stays. */
  name: string
}

type Kind = 'section' | 'group'

// Written in the order of their ids: launches write the same rows.
const groupsSql = `
insert into course_groups as g (id, course_id, kind, external_id, name)
select id, $1, $2, external_id, name from unnest($3::uuid[], $4::text[], $5::text[]) as t (id, external_id, name) order by external_id
on conflict (course_id, kind, external_id) do update set name = excluded.name where excluded.name <> '' and g.name <> excluded.name`

async function noteGroups(tx: Tx, courseId: string, kind: Kind, groups: readonly ToldGroup[]): Promise<void> {
  if (groups.length === 0) return
  const [ids, externalIds, names] = [groups.map(() => newId()), groups.map((it) => it.externalId), groups.map((it) => it.name)]
  await query(tx, groupsSql, [courseId, kind, ids, externalIds, names])
}

/**
 * The groups of a course, whole: one that is not among them is gone. `membersBy`: ids of groups by the external id of a person; who is
 * not in it (nothing is known of them) stays where they are.
 */
export async function keepGroups(
  tx: Tx,
  { institutionId, courseId }: { institutionId: string; courseId: string },
  groups: readonly ToldGroup[],
  membersBy: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const known = [...new Map(groups.map((it) => [it.externalId, it])).values()]
  await query(tx, `delete from course_groups where course_id = $1 and kind = 'group' and external_id <> all ($2::text[])`, [
    courseId,
    known.map((it) => it.externalId),
  ])
  await noteGroups(tx, courseId, 'group', known)
  const pairs = [...membersBy].flatMap(([person, ids]) => ids.map((group) => [person, group] as const))
  await query(
    tx,
    `with told as (select p.id from people p where p.institution_id = $2 and p.external_id = any ($3::text[])),
     pairs as (
       select distinct g.id group_id, p.id person_id from unnest($4::text[], $5::text[]) as t (person, grp)
       join people p on p.institution_id = $2 and p.external_id = t.person
       join course_groups g on g.course_id = $1 and g.kind = 'group' and g.external_id = t.grp),
     gone as (
       delete from course_group_members m using course_groups g, told where g.id = m.group_id and g.course_id = $1 and g.kind = 'group'
         and m.person_id = told.id and not exists (select from pairs p where p.group_id = m.group_id and p.person_id = m.person_id))
     insert into course_group_members (group_id, person_id) select group_id, person_id from pairs order by 1, 2 on conflict do nothing`,
    [courseId, institutionId, [...membersBy.keys()], pairs.map(([person]) => person), pairs.map(([, group]) => group)],
  )
}

/** All names of these groups are told, and not which is whose: where all but one are known, the one that is left is the last's. */
async function noteNameLeft(tx: Tx, courseId: string, kind: Kind, groups: readonly ToldGroup[], names: readonly string[]): Promise<void> {
  const known = await query<{ externalId: string; name: string }>(
    tx,
    `select external_id "externalId", name from course_groups where course_id = $1 and kind = $2 and external_id = any ($3::text[]) order by 1`,
    [courseId, kind, groups.map((it) => it.externalId)],
  )
  const last = nameLeft(known, names)
  if (last) await noteGroups(tx, courseId, kind, [last])
}

/** In which sections, or groups, one person is now. `names`: of all of them, in any order. A section or group that nobody is in any more stays, for a teacher who looks for it. */
export async function keepGroupsOf(
  tx: Tx,
  { courseId, personId }: { courseId: string; personId: string },
  kind: Kind,
  groups: readonly ToldGroup[],
  names: readonly string[] = [],
): Promise<void> {
  await noteGroups(tx, courseId, kind, groups)
  if (groups.length > 1 && names.length === groups.length) await noteNameLeft(tx, courseId, kind, groups, names)
  await query(
    tx,
    `with now_in as (select id from course_groups where course_id = $1 and kind = $2 and external_id = any ($4::text[])),
     gone as (
       delete from course_group_members m using course_groups g
       where g.id = m.group_id and g.course_id = $1 and g.kind = $2 and m.person_id = $3 and g.id not in (select id from now_in))
     insert into course_group_members (group_id, person_id) select id, $3 from now_in order by id on conflict do nothing`,
    [courseId, kind, personId, groups.map((it) => it.externalId)],
  )
}
