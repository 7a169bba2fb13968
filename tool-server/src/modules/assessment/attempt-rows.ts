// Attempts found and locked by raw SQL, inside the caller's institution, course and person.
import { query, type Tx } from '../../kernel/db.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Attempt } from './assessment.models.ts'
import type { Recorded } from './permission.ts'

const columns = `id, institution_id as "institutionId", course_id as "courseId", placement_id as "placementId", person_id as "personId",
  activity_id as "activityId", version_id as "versionId", number, state, seed, practice, locale, started_at as "startedAt",
  deadline_at as "deadlineAt", saved_at as "savedAt", submitted_at as "submittedAt", submit_key as "submitKey", time_up as "timeUp", empty,
  score, max_score as "maxScore", graded`

/** The caller's own attempt, locked until the transaction ends: fifty submits of it pass here one by one. attempt_not_found. */
export async function lockOwnAttempt(tx: Tx, caller: Recorded, attemptId: string): Promise<Attempt> {
  const [attempt] = await query<Attempt & Record<string, unknown>>(
    tx,
    `select ${columns} from attempts where id = $1 and institution_id = $2 and course_id = $3 and person_id = $4 for update`,
    [attemptId, caller.institutionId, caller.courseId, caller.personId],
    'assessment-lock-own',
  )
  if (!attempt) throw attemptNotFound()
  return attempt
}

/** The caller's own attempt, as it stands. attempt_not_found. */
export async function ownAttempt(tx: Tx, caller: Recorded, attemptId: string): Promise<Attempt> {
  const [attempt] = await query<Attempt & Record<string, unknown>>(
    tx,
    `select ${columns} from attempts where id = $1 and institution_id = $2 and course_id = $3 and person_id = $4`,
    [attemptId, caller.institutionId, caller.courseId, caller.personId],
    'assessment-own',
  )
  if (!attempt) throw attemptNotFound()
  return attempt
}

/** An attempt whose deadline lies before `before`, locked; null where it was handed in (or is being handed in) meanwhile. */
export async function lockOverdue(tx: Tx, attemptId: string, before: Date): Promise<Attempt | null> {
  const [attempt] = await query<Attempt & Record<string, unknown>>(
    tx,
    `select ${columns} from attempts where id = $1 and state = 'open' and deadline_at < $2 for update`,
    [attemptId, before],
    'assessment-lock-overdue',
  )
  return attempt ?? null
}

/** All attempts beside this one: of the same person at the same activity and placement, practice apart, by number. */
export async function siblingsOf(tx: Tx, attempt: Attempt): Promise<Attempt[]> {
  return query<Attempt & Record<string, unknown>>(
    tx,
    `select ${columns} from attempts
     where placement_id = $1 and person_id = $2 and activity_id = $3 and practice = $4 order by number`,
    [attempt.placementId, attempt.personId, attempt.activityId, attempt.practice],
    'assessment-siblings',
  )
}

/** There is no such attempt, or it is not the caller's: nobody learns which. */
export function attemptNotFound() {
  return notFound('attempt_not_found', 'There is no such attempt.')
}

/** All attempts of a person at an activity and placement that may count, locked (a hand-in under way is waited for), by number. */
export async function lockAttemptsOf(tx: Tx, placementId: string, personId: string, activityId: string): Promise<Attempt[]> {
  return query<Attempt & Record<string, unknown>>(
    tx,
    `select ${columns} from attempts
     where placement_id = $1 and person_id = $2 and activity_id = $3 and not practice order by number for no key update`,
    [placementId, personId, activityId],
    'assessment-lock-person',
  )
}

/** Attempts under way at a placement, of one person or of all, locked. */
export async function lockOpenAttempts(tx: Tx, placementId: string, personId: string | null): Promise<Attempt[]> {
  return query<Attempt & Record<string, unknown>>(
    tx,
    `select ${columns} from attempts
     where placement_id = $1 and ($2::uuid is null or person_id = $2) and state = 'open' order by id for no key update`,
    [placementId, personId],
    'assessment-lock-open',
  )
}
