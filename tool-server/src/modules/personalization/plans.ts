// The rules that instructors set, per activity and course. A table of its own and no part of a Version: decision 0018.
import type { AdvicePlan, AdvicePlanView, Caller } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { query, queryAlone, transaction } from '../../kernel/db.ts'
import { AppError, invalid, notFound } from '../../kernel/errors.ts'
import { record } from '../../kernel/events/outbox.ts'
import { videoSecondsOf } from '../assessment/index.ts'
import {
  activityIdsOf,
  activityTitlesOf,
  counterpartsIn,
  publishedVersionOf,
  publishedVersionsOf,
  summariesOf,
  topicCounterpartsIn,
  topicNamesOf,
  topicsOf,
  type Version,
} from '../content/index.ts'
import { placementOf, placementsIn } from '../identity/index.ts'
import { type Missing, namedIn, planHere, topicsNamedIn } from './plan-elsewhere.ts'

/** Where nobody has set anything. */
const plainPlan: AdvicePlan = { rules: [], automatic: true }

interface Planned {
  readonly plan: AdvicePlan
  /** false: nobody has set anything. */
  readonly isSet: boolean
  /** Of rules that nobody has saved here: from where, how they came, and what of them is not here. */
  readonly cameFrom: (Omit<CameFrom, 'missing'> & { readonly missing: Missing }) | null
}
type CameFrom = NonNullable<AdvicePlanView['cameFrom']>

interface PlanRow extends Record<string, unknown> {
  activity_id: string
  plan: AdvicePlan
  by: CameFrom['by'] | null
  title: string | null
}

/** The course's own, those that came with copies, and of what is shared with it the owner's as they are now, until somebody saves them here. */
const plansSql = `
select p.activity_id, p.plan, case when p.copied_from is not null then 'copy' end as by, c.title
from advice_plans p left join courses c on c.id = p.copied_from where p.course_id = $1
union all
select p.activity_id, p.plan, 'share', c.title
from activity_shares s join activities a on a.id = s.activity_id and a.course_id <> $1
  join advice_plans p on p.activity_id = a.id and p.course_id = a.course_id join courses c on c.id = p.course_id
where s.course_id = $1 and not exists (select from advice_plans own where own.course_id = $1 and own.activity_id = a.id)`

/** The plans of a course by activity. */
export async function plansIn(courseId: string): Promise<{ of(activityId: string): Planned }> {
  const rows = await queryAlone<PlanRow>(plansSql, [courseId], 'advice-plans')
  const foreign = rows.filter(({ by }) => by !== null).map(({ plan }) => plan)
  const [activities, topics] = await Promise.all([
    counterpartsIn(courseId, foreign.flatMap(namedIn)),
    topicCounterpartsIn(courseId, foreign.flatMap(topicsNamedIn)),
  ])
  const plans = new Map(
    rows.map((row): [string, Planned] => {
      if (row.by === null) return [row.activity_id, { plan: row.plan, isSet: true, cameFrom: null }]
      const { plan, missing } = planHere(row.plan, { activities, topics })
      return [row.activity_id, { plan, isSet: true, cameFrom: { courseTitle: row.title ?? '', by: row.by, missing } }]
    }),
  )
  return { of: (activityId) => plans.get(activityId) ?? { plan: plainPlan, isSet: false, cameFrom: null } }
}

/** The other courses in which the plan that an activity has in this one counts: it is shared with them, and nobody has saved rules there. */
export async function coursesThatFollow(courseId: string, activityId: string): Promise<string[]> {
  const rows = await queryAlone<{ id: string }>(
    `select s.course_id as id from activity_shares s join activities a on a.id = s.activity_id
     where a.id = $2 and a.course_id = $1 and s.course_id <> $1
       and not exists (select from advice_plans own where own.course_id = s.course_id and own.activity_id = a.id)`,
    [courseId, activityId],
    'advice-plan-followers',
  )
  return rows.map(({ id }) => id)
}

/** resource_not_found, placement_empty, activity_not_found, activity_deleted, activity_unpublished. */
export async function planOf(caller: Caller, placementId: string): Promise<AdvicePlanView> {
  const version = await versionAt(caller, placementId)
  const planned = await plansIn(caller.courseId)
  return planViewOf(caller, version, planned.of(version.activityId))
}

async function versionAt(caller: Caller, placementId: string): Promise<Version> {
  const { activityId } = await placementOf(caller, placementId)
  if (activityId === null) throw new AppError('placement_empty', 'No activity was chosen for this link yet.')
  return publishedVersionOf(activityId, caller.courseId)
}

async function planViewOf(
  caller: Caller,
  version: Version,
  { plan, cameFrom }: Pick<Planned, 'plan' | 'cameFrom'>,
): Promise<AdvicePlanView> {
  const { activityId: id, title, document } = version
  const [activities, topics, missing] = await Promise.all([nameable(caller), topicsOf(caller), namesOf(caller, cameFrom?.missing)])
  return {
    activity: { id, title, kind: document.kind, durationSeconds: await videoSecondsOf(caller.institutionId, version) },
    plan,
    activities: activities.filter((it) => it.id !== id),
    topics,
    cameFrom: cameFrom && { ...cameFrom, missing },
  }
}

/** What is not here, as it is called there. */
async function namesOf({ institutionId }: Caller, missing: Missing | undefined): Promise<string[]> {
  if (!missing) return []
  const [titles, topics] = await Promise.all([activityTitlesOf(missing.activityIds), topicNamesOf(institutionId, missing.topicIds)])
  return [...titles.values(), ...topics.values()]
}

/** What a rule can name: what is placed, in the order of the course, then what is published and was not opened by anybody yet. */
async function nameable(caller: Caller): Promise<AdvicePlanView['activities']> {
  const [placements, own] = await Promise.all([placementsIn(caller.courseId, null), activityIdsOf(caller)])
  const placed = [...new Set(placements.map(({ activityId }) => activityId))]
  const unseen = own.filter((id) => !placed.includes(id))
  const [versions, summaries] = await Promise.all([
    publishedVersionsOf(caller.courseId, [...placed, ...unseen]),
    summariesOf(caller, unseen),
  ])
  const inOrder = [...placed, ...summaries.map(({ id }) => id)].flatMap((id) => versions.get(id) ?? [])
  return Promise.all(
    inOrder.map(async (it) => ({
      ...{ id: it.activityId, title: it.title, kind: it.document.kind, placed: placed.includes(it.activityId) },
      durationSeconds: await videoSecondsOf(caller.institutionId, it),
    })),
  )
}

/** Sets the plan; whoever has handed the activity in is advised anew. activity_not_found, settings_invalid. */
export async function savePlan(caller: Caller, placementId: string, plan: AdvicePlan): Promise<AdvicePlanView> {
  const version = await versionAt(caller, placementId)
  const view = await planViewOf(caller, version, { plan, cameFrom: null })
  check(plan, view)
  const { institutionId, courseId, personId } = caller
  const { activityId } = version
  await transaction(async (tx) => {
    await query(
      tx,
      `insert into advice_plans (course_id, activity_id, institution_id, plan, changed_by, changed_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (course_id, activity_id) do update set plan = excluded.plan, changed_by = excluded.changed_by, changed_at = excluded.changed_at,
         copied_from = null`,
      [courseId, activityId, institutionId, JSON.stringify(plan), personId, now()],
    )
    const scope = { institutionId, courseId, personId: null, placementId: null }
    await record(tx, { name: 'personalization.plan.changed', ...scope, data: { activityId, byPersonId: personId } })
  })
  return view
}

function check(plan: AdvicePlan, { activity, activities, topics }: AdvicePlanView): void {
  const { rules } = plan
  const known = new Set(activities.map(({ id }) => id))
  if (namedIn(plan).some((id) => !known.has(id))) throw notFound('activity_not_found', 'There is no such activity in this course.')
  if (topicsNamedIn(plan).some((id) => !topics.some((topic) => topic.id === id))) throw notFound()
  const issues = rules.flatMap((rule, at) => {
    const issue = (code: string, message: string) => [{ path: `rules.${at}`, code, message }]
    if (rule.when === 'watched-below' && activity.kind !== 'video') return issue('no_video', 'Only of a video something can be unwatched.')
    if (rule.when !== 'score-below') return []
    const { span, activityIds } = rule
    if (!span) return activityIds.length > 0 ? [] : issue('nothing_named', 'A rule needs something to suggest.')
    const of = [activity, ...activities].find(({ id }) => id === (span.activityId ?? activity.id))
    if (of?.kind !== 'video') return issue('no_video', 'Only a video has parts.')
    const end = of.durationSeconds ?? Number.POSITIVE_INFINITY
    const fits = span.fromSeconds < span.toSeconds && span.fromSeconds < end
    return fits ? [] : issue('span_outside', 'The part must begin before it ends, inside the video.')
  })
  if (issues.length > 0) throw invalid(issues.map((it) => it.message).join(' '), issues, 'settings_invalid')
}
