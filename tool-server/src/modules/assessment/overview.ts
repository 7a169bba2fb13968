// The instructor's view of a placed activity: who has started, finished, with what score, and whether it has reached the LMS.
import type { Caller, LearnerRow, PlacementOverview } from '@cuepoint/contracts'
import { placedActivityOf } from '../content/index.ts'
import { type CourseLearner, groupsOf, learnersOf, membersOfPlacement, placementOf, rosterOf } from '../identity/index.ts'
import { type Attempt, AttemptRow, ResultRow, type StoredResult } from './assessment.models.ts'
import { attemptSummaryOf, resultViewOf } from './attempt-view.ts'
import { stateAmong } from './learner-state.ts'
import { heardAt } from './watching-rows.ts'

/**
 * The overview of a placement of the caller's course, with names: what a browser is sent goes by overview-shown.ts. `activity` is null where none was chosen or it was deleted: the instructor can then choose another.
 */
export async function overviewFor(caller: Caller, placementId: string): Promise<PlacementOverview> {
  const { id, title, takesScores, activityId } = await placementOf(caller, placementId)
  const [activity, attempts, results, roster, groups, members, heard] = await Promise.all([
    activityId === null ? null : placedActivityOf(activityId, caller.courseId),
    activityId === null ? [] : attemptsAt(caller, id, activityId),
    ResultRow.findAll({ where: { placementId: id, institutionId: caller.institutionId } }),
    rosterOf(caller.courseId),
    groupsOf(caller),
    membersOfPlacement(id),
    activityId === null ? null : heardAt(id, activityId),
  ])
  const attemptsBy = new Map<string, Attempt[]>()
  for (const attempt of attempts) {
    const known = attemptsBy.get(attempt.personId)
    if (known) known.push(attempt)
    else attemptsBy.set(attempt.personId, [attempt])
  }
  const resultBy = new Map(results.map((result) => [result.personId, result]))
  const learners = await learnersOf(caller, [...attemptsBy.keys()])
  // Who left without having begun, or for whom it is not, is nobody to wait for; whoever has attempts stays in sight.
  const isFor = (one: CourseLearner) => members === null || members.has(one.personId)
  const enrolled = learners.filter((one) => one.enrolment === 'active')
  const shown = learners.filter((one) => (one.enrolment === 'active' && isFor(one)) || attemptsBy.has(one.personId))
  const assigned = members && { people: enrolled.filter(isFor).length, of: enrolled.length }
  const rows = shown.map((one) => rowOf(one, attemptsBy.get(one.personId) ?? [], resultBy.get(one.personId) ?? null, heard))
  return { placementId: id, title, activity, takesScores, learners: rows, roster, groups, assigned, naming: 'names' }
}

function attemptsAt({ institutionId }: Caller, placementId: string, activityId: string): Promise<Attempt[]> {
  return AttemptRow.findAll({
    where: { placementId, activityId, practice: false, institutionId },
    attributes: { exclude: ['graded', 'seed', 'submitKey'] },
    order: [['number', 'ASC']],
  })
}

function rowOf(
  { personId, name, enrolment, groupIds }: CourseLearner,
  attempts: readonly Attempt[],
  result: StoredResult | null,
  heard: ReadonlyMap<string, Date> | null,
): LearnerRow {
  const submitted = attempts.some((one) => one.state === 'submitted')
  const times = attempts.flatMap((one) => [
    one.startedAt,
    one.savedAt ?? one.startedAt,
    one.submittedAt ?? one.startedAt,
    heard?.get(one.id) ?? one.startedAt,
  ])
  const last = Math.max(...times.map((time) => time.getTime()))
  return {
    personId,
    name,
    number: null,
    state: stateAmong(attempts),
    attempts: attempts.map(attemptSummaryOf),
    result: result && submitted ? resultViewOf(result) : null,
    lastActiveAt: times.length > 0 ? new Date(last).toISOString() : null,
    enrolment,
    groupIds,
  }
}
