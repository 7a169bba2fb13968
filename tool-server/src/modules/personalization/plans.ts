// The rules that instructors set, per activity and course. A table of its own and no part of a Version: decision 0018.
import type { AdvicePlan, AdvicePlanView, Caller } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { query, queryAlone, transaction } from '../../kernel/db.ts'
import { AppError, invalid, notFound } from '../../kernel/errors.ts'
import { record } from '../../kernel/events/outbox.ts'
import { videoSecondsOf } from '../assessment/index.ts'
import { activityIdsOf, publishedVersionOf, publishedVersionsOf, summariesOf, topicsOf, type Version } from '../content/index.ts'
import { placementOf, placementsIn } from '../identity/index.ts'

/** Where nobody has set anything. */
const plainPlan: AdvicePlan = { rules: [], automatic: true }

/** The plans of a course by activity. */
export async function plansIn(courseId: string): Promise<(activityId: string) => AdvicePlan> {
  const rows = await queryAlone<{ activity_id: string; plan: AdvicePlan }>(
    'select activity_id, plan from advice_plans where course_id = $1',
    [courseId],
    'advice-plans',
  )
  const plans = new Map(rows.map(({ activity_id, plan }) => [activity_id, plan]))
  return (activityId) => plans.get(activityId) ?? plainPlan
}

/** The activities that a plan names. */
export function namedIn({ rules }: AdvicePlan): string[] {
  return rules.flatMap((rule) => (rule.when === 'score-below' ? rule.activityIds : rule.when === 'score-from' ? [rule.activityId] : []))
}

/** resource_not_found, placement_empty, activity_not_found, activity_deleted, activity_unpublished. */
export async function planOf(caller: Caller, placementId: string): Promise<AdvicePlanView> {
  const version = await versionAt(caller, placementId)
  const planned = await plansIn(caller.courseId)
  return planViewOf(caller, version, planned(version.activityId))
}

async function versionAt(caller: Caller, placementId: string): Promise<Version> {
  const { activityId } = await placementOf(caller, placementId)
  if (activityId === null) throw new AppError('placement_empty', 'No activity was chosen for this link yet.')
  return publishedVersionOf(activityId, caller.courseId)
}

async function planViewOf(caller: Caller, version: Version, plan: AdvicePlan): Promise<AdvicePlanView> {
  const { activityId: id, title, document } = version
  const [activities, topics] = await Promise.all([nameable(caller), topicsOf(caller)])
  return {
    activity: { id, title, kind: document.kind, durationSeconds: await videoSecondsOf(caller.institutionId, version) },
    plan,
    activities: activities.filter((it) => it.id !== id),
    topics,
  }
}

/** What a rule can name: what is placed, in the order of the course, then what is published and was not opened by anybody yet. */
async function nameable(caller: Caller): Promise<AdvicePlanView['activities']> {
  const [placements, own] = await Promise.all([placementsIn(caller.courseId, null), activityIdsOf(caller)])
  const placed = [...new Set(placements.map(({ activityId }) => activityId))]
  const versions = await publishedVersionsOf(caller.courseId, placed)
  const others = await summariesOf(
    caller,
    own.filter((id) => !versions.has(id)),
  )
  return [
    ...placed
      .flatMap((id) => versions.get(id) ?? [])
      .map((it) => ({ id: it.activityId, title: it.title, kind: it.document.kind, placed: true })),
    ...others.flatMap(({ id, title, kind, published }) => (published ? [{ id, title, kind, placed: false }] : [])),
  ]
}

/** Sets the plan; whoever has handed the activity in is advised anew. activity_not_found, settings_invalid. */
export async function savePlan(caller: Caller, placementId: string, plan: AdvicePlan): Promise<AdvicePlanView> {
  const version = await versionAt(caller, placementId)
  const view = await planViewOf(caller, version, plan)
  check(plan, view)
  const { institutionId, courseId, personId } = caller
  const { activityId } = version
  await transaction(async (tx) => {
    await query(
      tx,
      `insert into advice_plans (course_id, activity_id, institution_id, plan, changed_by, changed_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (course_id, activity_id) do update set plan = excluded.plan, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
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
  const named = rules.flatMap((rule) => (rule.when === 'topic-wrong' ? (rule.topicId ?? []) : []))
  if (named.some((id) => !topics.some((topic) => topic.id === id))) throw notFound()
  const issues = rules.flatMap((rule, at) => {
    const issue = (code: string, message: string) => [{ path: `rules.${at}`, code, message }]
    if (rule.when === 'watched-below' && activity.kind !== 'video') return issue('no_video', 'Only of a video something can be unwatched.')
    if (rule.when !== 'score-below') return []
    const { span, activityIds } = rule
    if (!span) return activityIds.length > 0 ? [] : issue('nothing_named', 'A rule needs something to suggest.')
    if (activity.kind !== 'video') return issue('no_video', 'Only a video has parts.')
    const end = activity.durationSeconds ?? Number.POSITIVE_INFINITY
    const fits = span.fromSeconds < span.toSeconds && span.fromSeconds < end
    return fits ? [] : issue('span_outside', 'The part must begin before it ends, inside the video.')
  })
  if (issues.length > 0) throw invalid(issues.map((it) => it.message).join(' '), issues, 'settings_invalid')
}
