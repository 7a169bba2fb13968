// Where an unknown placement comes from: our own activity id, which copies of courses keep, then the links that the LMS says it was
// copied from. Only believed where the copy is believable: anybody who edits a link can write an activity's id into it, and a copy
// would hand them its answers.
import type { Caller } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { query, type Tx } from '../../../kernel/db.ts'
import { activityOfInstitution, type OriginActivity } from '../../content/index.ts'
import { teaches } from '../../identity/index.ts'
import type { Launch } from '../launch/claims.ts'
import { noteCopy, toldHistoryOf } from './course-copies.ts'
import { historyFrom } from './history.ts'

export type FoundBy = 'custom' | 'link-history' | 'resource-id'

interface KnownCourse {
  id: string
  external_id: string
}

/** Finds and keeps it; null = nothing that may be offered. `named`: the activity id that the launch carries. */
export async function findOrigin(tx: Tx, launch: Launch, caller: Caller, named: string | undefined): Promise<OriginActivity | null> {
  const { institutionId, courseId, placementId } = caller
  if (!placementId) return null
  const said = historyFrom(launch.custom.context_id_history)
  const own = launch.context?.id ?? ''
  if (said[0] && own) await noteCopy(tx, institutionId, { externalId: own, title: launch.context?.title ?? '', from: said[0] }, 'launch')
  const told = await toldHistoryOf(tx, institutionId, own)
  const courses = await knownCourses(tx, institutionId, [...said, ...told.filter((id) => !said.includes(id))])
  const links = historyFrom(launch.custom.resource_link_id_history)
  const linked = await activityBehind(tx, caller, links, courses)
  const first = named ? await activityOfInstitution(tx, institutionId, named) : null
  // A copy of a copy: our id says the first of them, what was made of it on the way is nearer.
  const activity =
    first && first.courseId !== courseId ? ((await nearest(tx, institutionId, first.id, courses)) ?? first) : linked?.activity
  if (!activity || activity.courseId === courseId) return null
  const from = courses.find((it) => it.id === activity.courseId)?.id ?? linked?.courseId ?? courses[0]?.id ?? activity.courseId
  const believed = courses.some((it) => it.id === activity.courseId || it.id === from) || (await isOwn(tx, caller, activity.courseId))
  if (!believed) return null
  await keepOrigin(tx, placementId, { activityId: activity.id, fromCourseId: from, by: first ? 'custom' : 'link-history' })
  return activity
}

/** Whoever teaches both courses may take from one into the other. */
export async function isOwn(tx: Tx, { personId, role }: Caller, courseId: string): Promise<boolean> {
  return role === 'instructor' && personId !== null && (await teaches(tx, personId, courseId))
}

export async function keepOrigin(
  tx: Tx,
  placementId: string,
  origin: { activityId: string; fromCourseId: string; by: FoundBy },
): Promise<void> {
  await query(
    tx,
    `insert into placement_origins as o (placement_id, activity_id, from_course_id, found_by, found_at) values ($1, $2, $3, $4, $5)
     on conflict (placement_id) do update set activity_id = excluded.activity_id, from_course_id = excluded.from_course_id,
       found_by = excluded.found_by where o.decision is null`,
    [placementId, origin.activityId, origin.fromCourseId, origin.by, now()],
  )
}

/** Those of them that we know, in the order given. */
async function knownCourses(tx: Tx, institutionId: string, externalIds: readonly string[]): Promise<KnownCourse[]> {
  if (externalIds.length === 0) return []
  return query<KnownCourse & Record<string, unknown>>(
    tx,
    `select id, external_id from courses where institution_id = $1 and external_id = any($2::text[])
     order by array_position($2::text[], external_id)`,
    [institutionId, externalIds],
  )
}

/** The newest of these links that we know and that leads somewhere; its course must be one that this one was copied from. */
async function activityBehind(
  tx: Tx,
  { institutionId, courseId }: Caller,
  links: readonly string[],
  courses: readonly KnownCourse[],
): Promise<{ activity: OriginActivity; courseId: string } | null> {
  if (links.length === 0 || courses.length === 0) return null
  const rows = await query<{ activity_id: string; course_id: string }>(
    tx,
    `select activity_id, course_id from placements
     where external_id = any($1::text[]) and course_id = any($2::uuid[]) and course_id <> $3 and activity_id is not null
     order by array_position($1::text[], external_id)`,
    [links, courses.map((it) => it.id), courseId],
  )
  for (const row of rows) {
    const activity = await activityOfInstitution(tx, institutionId, row.activity_id)
    if (activity) return { activity, courseId: row.course_id }
  }
  return null
}

/** What the nearest course on the way made of the first activity; null where none made a copy. */
async function nearest(tx: Tx, institutionId: string, activityId: string, courses: readonly KnownCourse[]): Promise<OriginActivity | null> {
  if (courses.length === 0) return null
  const [row] = await query<{ made_activity_id: string }>(
    tx,
    `with recursive made as (
       select o.made_activity_id, p.course_id from placement_origins o join placements p on p.id = o.placement_id
       where o.activity_id = $1 and o.decision = 'copy'
       union select o.made_activity_id, p.course_id from made m
         join placement_origins o on o.activity_id = m.made_activity_id and o.decision = 'copy' join placements p on p.id = o.placement_id)
     select made_activity_id from made where course_id = any($2::uuid[]) order by array_position($2::uuid[], course_id) limit 1`,
    [activityId, courses.map((it) => it.id)],
  )
  return row ? activityOfInstitution(tx, institutionId, row.made_activity_id) : null
}
