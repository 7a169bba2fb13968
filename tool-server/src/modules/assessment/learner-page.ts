// One learner at one placement, as an instructor sees them: attempts, what counts, what was granted, and who did what.
import type { Caller, LearnerAttempt, LearnerPage, ScoreOverride } from '@cuepoint/contracts'
import { transaction } from '../../kernel/db.ts'
import { notFound } from '../../kernel/errors.ts'
import { placedActivityOf, publishedVersionOf, timeLimitOf } from '../content/index.ts'
import { learnerOf, namesAreWithheld, namesOf, placementOf } from '../identity/index.ts'
import { type Attempt, AttemptRow, ResultRow } from './assessment.models.ts'
import { attemptSummaryOf, resultViewOf } from './attempt-view.ts'
import { learnerWatchingOf } from './learner-watching.ts'
import { overrideOf, type StoredOverride } from './overrides.ts'
import { deedsOf } from './teacher-deeds.ts'
import { isLate, type Terms } from './terms.ts'
import { termsOf } from './terms-of.ts'

/** The page of a learner of the caller's course. resource_not_found, learner_not_found. */
export async function learnerPageOf(caller: Caller, placementId: string, personId: string): Promise<LearnerPage> {
  const { id, activityId } = await placementOf(caller, placementId)
  const person = await learnerOf(caller, personId)
  if (!person) throw learnerNotFound()
  const [activity, attempts, result, history, { terms, override }, withheld] = await Promise.all([
    activityId === null ? null : placedActivityOf(activityId, caller.courseId),
    activityId === null ? [] : attemptsOf(caller, id, activityId, person.id),
    ResultRow.findOne({ where: { placementId: id, personId: person.id, institutionId: caller.institutionId } }),
    deedsOf(caller, id, person.id),
    transaction(async (tx) => ({
      terms: await termsOf(tx, id, person.id),
      override: activityId === null ? null : await overrideOf(tx, id, person.id, activityId),
    })),
    namesAreWithheld(caller.institutionId),
  ])
  const document = activity && (await publishedVersionOf(activity.id, caller.courseId)).document
  const watching = await learnerWatchingOf(attempts)
  return {
    placementId: id,
    person,
    activity: activity && { id: activity.id, title: activity.title, maxScore: activity.maxScore },
    attempts: attempts.map((attempt) => ({ ...learnerAttemptOf(attempt, terms), watching: watching.get(attempt.id) ?? null })),
    attemptsAllowed: document?.settings.attemptsAllowed ?? null,
    timeLimitSeconds: document && timeLimitOf(document),
    settings: terms.settings,
    allowance: terms.allowance,
    result: result && attempts.some((one) => one.state === 'submitted') ? resultViewOf(result) : null,
    override: override && (await overrideViewOf(caller, override)),
    history,
    withheld,
    mayChange: caller.role === 'instructor',
  }
}

function attemptsOf({ institutionId }: Caller, placementId: string, activityId: string, personId: string): Promise<Attempt[]> {
  return AttemptRow.findAll({ where: { institutionId, placementId, activityId, personId, practice: false }, order: [['number', 'ASC']] })
}

function learnerAttemptOf(attempt: Attempt, terms: Terms): LearnerAttempt {
  return {
    ...attemptSummaryOf(attempt),
    startedAt: attempt.startedAt.toISOString(),
    deadlineAt: attempt.deadlineAt?.toISOString() ?? null,
    timeUp: attempt.timeUp,
    empty: attempt.empty,
    late: isLate(attempt.submittedAt, terms),
  }
}

async function overrideViewOf(caller: Caller, { score, maxScore, comment, byPersonId, at }: StoredOverride): Promise<ScoreOverride> {
  const names = await namesOf(caller.institutionId, [byPersonId])
  return { score, maxScore, comment, at: at.toISOString(), by: names.get(byPersonId) ?? '' }
}

/** Nobody of this course: nobody learns whether there is such a person elsewhere. */
export function learnerNotFound() {
  return notFound('learner_not_found', 'There is no such learner in this course.')
}
