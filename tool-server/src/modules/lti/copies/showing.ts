// What a teacher is told of a placement that came with a copied course; a learner only, that the teacher must decide.
import { type Caller, Id, type PlacementOrigin } from '@cuepoint/contracts'
import { query, type Tx, transaction } from '../../../kernel/db.ts'
import { activityOfInstitution, isActivityOfCourse } from '../../content/index.ts'
import { placementOf, pointPlacement } from '../../identity/index.ts'
import { registrationById } from '../platforms/registry.ts'
import { serviceGet } from '../services/service-get.ts'
import { toldHistoryOf } from './course-copies.ts'
import { isOwn, keepOrigin } from './finding.ts'

interface Row {
  activity_id: string
  from_course_id: string
  from_external_id: string
  course_title: string
  decision: PlacementOrigin['decision']
  undecided: number
  placed_there: number
}

const showSql = `select o.activity_id, o.from_course_id, f.external_id from_external_id, f.title course_title, o.decision,
  (select count(*)::int from placement_origins u join placements q on q.id = u.placement_id
   where q.course_id = p.course_id and u.from_course_id = o.from_course_id and u.decision is null and q.activity_id is null) undecided,
  (select count(*)::int from placements q where q.course_id = o.from_course_id and q.activity_id is not null) placed_there
  from placement_origins o join placements p on p.id = o.placement_id join courses f on f.id = o.from_course_id
  where o.placement_id = $1 and p.course_id = $2`

export async function originFor(
  caller: Caller,
  placementId: string,
): Promise<{ waitsForTeacher: boolean; origin: PlacementOrigin | null }> {
  const placement = await placementOf(caller, placementId)
  if (placement.activityId === null && caller.role === 'instructor') await askColumn(caller, placementId)
  return transaction(async (tx) => {
    const [row] = await query<Row & Record<string, unknown>>(tx, showSql, [placementId, caller.courseId])
    const activity = row && (await activityOfInstitution(tx, caller.institutionId, row.activity_id))
    if (!row || !activity) return { waitsForTeacher: false, origin: null }
    const waitsForTeacher = row.decision === null && placement.activityId === null
    if (caller.role !== 'instructor') return { waitsForTeacher, origin: null }
    const { title, questionCount, maxScore, published } = activity
    const origin = { title, courseTitle: row.course_title, questionCount, maxScore, published, decision: row.decision }
    return { waitsForTeacher, origin: { ...origin, undecided: row.undecided, placedThere: row.placed_there } }
  })
}

const lineItemScope = 'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly'

/** Nothing in the launch said it: the gradebook column may, whose resourceId copies keep (fact 24). */
async function askColumn(caller: Caller, placementId: string): Promise<void> {
  const found = await transaction(async (tx) => {
    const [row] = await query<{ line_item_url: string | null; registration_id: string; known: boolean }>(
      tx,
      `select s.line_item_url, s.registration_id, exists (select from placement_origins o where o.placement_id = s.placement_id) known
       from placement_services s where s.placement_id = $1 and $2 = any(s.scopes)`,
      [placementId, lineItemScope],
    )
    return row
  })
  if (!found?.line_item_url || found.known) return
  const resourceId = await resourceIdAt(found.registration_id, found.line_item_url)
  if (!resourceId) return
  await transaction(async (tx) => {
    if (await isActivityOfCourse(tx, resourceId, caller.courseId)) return pointPlacement(tx, caller, placementId, resourceId)
    const activity = await activityOfInstitution(tx, caller.institutionId, resourceId)
    if (!activity) return
    if ((await isOwn(tx, caller, activity.courseId)) || (await isCopyOf(tx, caller, activity.courseId)))
      await keepOrigin(tx, placementId, { activityId: activity.id, fromCourseId: activity.courseId, by: 'resource-id' })
  })
}

async function isCopyOf(tx: Tx, { institutionId, courseId }: Caller, fromCourseId: string): Promise<boolean> {
  const rows = await query<{ id: string; external_id: string }>(
    tx,
    'select id, external_id from courses where institution_id = $1 and id = any($2::uuid[])',
    [institutionId, [courseId, fromCourseId]],
  )
  const own = rows.find((it) => it.id === courseId)
  const from = rows.find((it) => it.id === fromCourseId)
  return !!own && !!from && (await toldHistoryOf(tx, institutionId, own.external_id)).includes(from.external_id)
}

/** undefined: it cannot be had, or is not ours. */
async function resourceIdAt(registrationId: string, url: string): Promise<string | undefined> {
  const registration = await registrationById(registrationId)
  if (registration?.status !== 'active') return undefined
  try {
    const accept = 'application/vnd.ims.lis.v2.lineitem+json'
    const answer = await serviceGet(registration, { url, scope: lineItemScope, accept, timeoutMs: 5000 })
    const { resourceId } = JSON.parse(answer.body) as { resourceId?: unknown }
    return answer.status === 200 && Id.safeParse(resourceId).success ? (resourceId as string) : undefined
  } catch {
    // The teacher can choose by hand; a gradebook that is away must not keep them from it.
    return undefined
  }
}
