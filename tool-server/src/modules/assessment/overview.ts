// The instructor's view of a placed activity: who has started, finished, with what score, and whether it has reached the LMS.
import type { Caller, LearnerRow, PlacementOverview } from '@cuepoint/contracts'
import { activityForCourse } from '../content/index.ts'
import { type CourseLearner, learnersOf, placementOf } from '../identity/index.ts'
import { type Attempt, AttemptRow, ResultRow, type StoredResult } from './assessment.models.ts'
import { attemptSummaryOf, resultViewOf } from './attempt-view.ts'

/** The overview of a placement of the caller's course. `takesScores` is what the way in (an LMS) says; unknown = it does. */
export async function overviewFor(caller: Caller, placementId: string, takesScores = true): Promise<PlacementOverview> {
  const { id, title, activityId } = await placementOf(caller, placementId)
  const learners = await learnersOf(caller.courseId)
  if (activityId === null) return { placementId: id, title, activity: null, takesScores, learners: learners.map((one) => rowOf(one, [], null)) }
  const [activity, attempts, results] = await Promise.all([
    activityForCourse(caller, activityId),
    AttemptRow.findAll({
      where: { placementId, activityId, practice: false, institutionId: caller.institutionId },
      attributes: { exclude: ['graded', 'seed', 'submitKey'] },
      order: [['number', 'ASC']],
    }),
    ResultRow.findAll({ where: { placementId, institutionId: caller.institutionId } }),
  ])
  const attemptsBy = new Map<string, Attempt[]>()
  for (const attempt of attempts) attemptsBy.set(attempt.personId, [...(attemptsBy.get(attempt.personId) ?? []), attempt])
  const resultBy = new Map(results.map((result) => [result.personId, result]))
  return {
    placementId: id,
    title,
    activity: {
      ...{ id: activity.id, title: activity.title, draftAhead: activity.draftAhead },
      ...{ maxScore: activity.published?.maxScore ?? activity.maxScore, versionNumber: activity.published?.number ?? 0 },
    },
    takesScores,
    learners: learners.map((one) => rowOf(one, attemptsBy.get(one.personId) ?? [], resultBy.get(one.personId) ?? null)),
  }
}

function rowOf({ personId, name }: CourseLearner, attempts: readonly Attempt[], result: StoredResult | null): LearnerRow {
  const finished = attempts.some((one) => one.state === 'submitted')
  const times = attempts.flatMap((one) => [one.startedAt, one.savedAt ?? one.startedAt, one.submittedAt ?? one.startedAt])
  const last = Math.max(...times.map((time) => time.getTime()))
  return {
    personId,
    name,
    state: finished ? 'finished' : attempts.length > 0 ? 'started' : 'not-started',
    attempts: attempts.map(attemptSummaryOf),
    result: result && finished ? resultViewOf(result) : null,
    lastActiveAt: times.length > 0 ? new Date(last).toISOString() : null,
  }
}
