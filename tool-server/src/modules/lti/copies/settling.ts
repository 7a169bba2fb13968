// The teacher's decision on placements that came with a copied course: an activity of their own made from the published Version, or
// the same one shared. A course-wide decision also settles those that nobody has opened yet, when somebody does.
import type { Caller } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { query, type Tx, transaction } from '../../../kernel/db.ts'
import { notFound } from '../../../kernel/errors.ts'
import { activityOfInstitution, copyActivity, isActivityOfCourse, shareActivity, unshareActivity } from '../../content/index.ts'
import { placementOf, pointPlacement, unpointPlacement } from '../../identity/index.ts'
import { decideForAll, decisionForAll } from './course-copies.ts'

type Decision = 'copy' | 'share'

interface OriginRow {
  placement_id: string
  activity_id: string
  from_course_id: string
}

/** Settles this placement, or all of its course that came from the same one. */
export async function settleOrigin(caller: Caller, placementId: string, decision: Decision, all: boolean): Promise<void> {
  await placementOf(caller, placementId)
  await transaction(async (tx) => {
    const own = await originRow(tx, caller, placementId)
    if (!own) throw notFound()
    if (all) await decideForAll(tx, pairOf(caller, own), decision, caller.personId)
    const rows = all ? await undecidedFrom(tx, caller, own.from_course_id) : [own]
    // What was decided before for this one is not asked again: here it is the one that was pressed for.
    if (!rows.some((row) => row.placement_id === placementId)) rows.push(own)
    for (const row of rows) await settle(tx, caller, row, decision)
  })
}

/** At a launch: what was decided for all that came along holds for this one too. Gives the activity, or null where nothing was. */
export async function settleAsDecided(tx: Tx, caller: Caller, placementId: string): Promise<string | null> {
  const row = await originRow(tx, caller, placementId)
  const decision = row && (await decisionForAll(tx, pairOf(caller, row)))
  return row && decision ? settle(tx, caller, row, decision) : null
}

function pairOf({ institutionId, courseId }: Caller, row: OriginRow) {
  return { institutionId, courseId, fromCourseId: row.from_course_id }
}

async function originRow(tx: Tx, { courseId }: Caller, placementId: string): Promise<OriginRow | undefined> {
  const [row] = await query<OriginRow & Record<string, unknown>>(
    tx,
    `select o.placement_id, o.activity_id, o.from_course_id from placement_origins o join placements p on p.id = o.placement_id
     where o.placement_id = $1 and p.course_id = $2 for update of p`,
    [placementId, courseId],
  )
  return row
}

function undecidedFrom(tx: Tx, { courseId }: Caller, fromCourseId: string): Promise<(OriginRow & Record<string, unknown>)[]> {
  return query<OriginRow & Record<string, unknown>>(
    tx,
    `select o.placement_id, o.activity_id, o.from_course_id from placement_origins o join placements p on p.id = o.placement_id
     where p.course_id = $1 and o.from_course_id = $2 and o.decision is null and p.activity_id is null order by p.id for update of p`,
    [courseId, fromCourseId],
  )
}

/** The placement's row is locked: of two who come first, one makes the copy. */
async function settle(tx: Tx, caller: Caller, row: OriginRow, decision: Decision): Promise<string | null> {
  const [placement] = await query<{ activity_id: string | null }>(tx, 'select activity_id from placements where id = $1', [
    row.placement_id,
  ])
  if (placement?.activity_id) return placement.activity_id
  const source = await activityOfInstitution(tx, caller.institutionId, row.activity_id)
  // Deleted since: nothing to copy or share; the teacher chooses another.
  if (!source) return null
  if (decision === 'share') await shareActivity(tx, source.id, caller.courseId)
  const activityId =
    decision === 'share'
      ? source.id
      : ((await copyMade(tx, caller, source.id)) ?? (await copyActivity(tx, caller, { courseId: source.courseId, activityId: source.id })))
  await pointPlacement(tx, caller, row.placement_id, activityId)
  await query(
    tx,
    'update placement_origins set decision = $2, decided_by = $3, decided_at = $4, made_activity_id = $5 where placement_id = $1',
    [row.placement_id, decision, caller.personId, now(), activityId],
  )
  return activityId
}

/** One activity placed twice is copied once. */
async function copyMade(tx: Tx, { courseId }: Caller, sourceId: string): Promise<string | null> {
  const [row] = await query<{ made_activity_id: string }>(
    tx,
    `select o.made_activity_id from placement_origins o join placements p on p.id = o.placement_id
     where p.course_id = $1 and o.activity_id = $2 and o.decision = 'copy' and o.made_activity_id is not null limit 1`,
    [courseId, sourceId],
  )
  return row && (await isActivityOfCourse(tx, row.made_activity_id, courseId)) ? row.made_activity_id : null
}

/** The teacher chose another activity: that is a decision too. */
export async function noteRelink(tx: Tx, caller: Caller, placementId: string): Promise<void> {
  await query(
    tx,
    `update placement_origins set decision = 'relink', decided_by = $2, decided_at = $3, made_activity_id = null where placement_id = $1`,
    [placementId, caller.personId, now()],
  )
}

/** Takes a share back. The record goes with the last placement of the course that used it. */
export async function takeShareBack(caller: Caller, placementId: string): Promise<void> {
  await placementOf(caller, placementId)
  await transaction(async (tx) => {
    const row = await originRow(tx, caller, placementId)
    const [shared] = await query(tx, `select 1 from placement_origins where placement_id = $1 and decision = 'share'`, [placementId])
    if (!row || !shared) throw notFound()
    await unpointPlacement(tx, caller, placementId)
    const open = `update placement_origins set decision = null, decided_by = null, decided_at = null, made_activity_id = null where placement_id = $1`
    await query(tx, open, [placementId])
    // What comes after must be asked about again.
    await decideForAll(tx, pairOf(caller, row), null, caller.personId)
    const still = await query(tx, 'select 1 from placements where course_id = $1 and activity_id = $2 limit 1', [
      caller.courseId,
      row.activity_id,
    ])
    if (still.length === 0) await unshareActivity(tx, row.activity_id, caller.courseId)
  })
}
