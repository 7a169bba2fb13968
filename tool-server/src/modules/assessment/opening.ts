// A new attempt's row: one statement that two tabs may run at once.
import { newId, now } from '../../kernel/clock.ts'
import { query, type Tx } from '../../kernel/db.ts'
import { record } from '../../kernel/events/outbox.ts'
import { timeLimitOf, type Version } from '../content/index.ts'
import type { Attempt } from './assessment.models.ts'
import { practises, type Recorded, teaches } from './permission.ts'
import { deadlineOf, plainTerms, settingsFor, type Terms } from './terms.ts'
import { attemptFactsOf } from './told.ts'

// The unique indexes settle races: of two that open at once the second writes nothing, whichever index it meets.
const openSql = `insert into attempts (id, institution_id, course_id, placement_id, person_id, activity_id, version_id, practice, locale,
    seed, started_at, deadline_at, max_score, number)
  select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, coalesce(max(number), 0) + 1 from attempts
    where placement_id = $4 and person_id = $5 and activity_id = $6 and practice = $8
    having $14::int is null or count(*) < $14
  on conflict do nothing returning number`

/** Opens an attempt and tells so; null where one is open already or none is left. Instructors' own tries have no limit. */
export async function insertAttempt(
  tx: Tx,
  caller: Recorded,
  placementId: string,
  version: Version,
  terms: Terms,
): Promise<Attempt | null> {
  const settings = settingsFor(version.document.settings, terms)
  const practice = practises(caller)
  const startedAt = now()
  // The dates bind learners; a teacher may try it before.
  const deadlineAt = deadlineOf(startedAt, timeLimitOf(version.document), teaches(caller) ? plainTerms : terms)
  const attempt: Attempt = {
    id: newId(),
    institutionId: caller.institutionId,
    courseId: caller.courseId,
    placementId,
    personId: caller.personId,
    activityId: version.activityId,
    versionId: version.id,
    number: 0,
    state: 'open' as const,
    seed: newId(),
    practice,
    locale: caller.locale,
    startedAt,
    deadlineAt,
    savedAt: null,
    submittedAt: null,
    submitKey: null,
    timeUp: false,
    empty: false,
    score: null,
    maxScore: version.maxScore,
    graded: null,
  }
  const [opened] = await query<{ number: number }>(
    tx,
    openSql,
    [
      ...[attempt.id, attempt.institutionId, attempt.courseId, placementId, attempt.personId, attempt.activityId, attempt.versionId],
      ...[
        practice,
        attempt.locale,
        attempt.seed,
        startedAt,
        deadlineAt,
        attempt.maxScore,
        teaches(caller) ? null : settings.attemptsAllowed,
      ],
    ],
    'assessment-open',
  )
  if (!opened) return null
  attempt.number = opened.number
  await tellOpened(tx, attempt)
  return attempt
}

async function tellOpened(tx: Tx, attempt: Attempt): Promise<void> {
  const { institutionId, courseId, personId, placementId, startedAt, deadlineAt } = attempt
  const data = { ...attemptFactsOf(attempt), startedAt: startedAt.toISOString(), deadlineAt: deadlineAt?.toISOString() ?? null }
  await record(tx, { name: 'assessment.attempt.opened', institutionId, courseId, personId, placementId, data })
}
