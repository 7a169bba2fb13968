// A teacher sets the score that counts, or takes that back. Each is one transaction: override, Result, audit and events.
import type { Caller, LearnerPage } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { query, type Tx, transaction } from '../../kernel/db.ts'
import { conflict } from '../../kernel/errors.ts'
import { record } from '../../kernel/events/outbox.ts'
import type { Attempt } from './assessment.models.ts'
import { lockAttemptsOf } from './attempt-rows.ts'
import { learnerPageOf } from './learner-page.ts'
import { overrideOf } from './overrides.ts'
import type { Recorded } from './permission.ts'
import { recount } from './recount.ts'
import { type Taught, taughtBy } from './taught.ts'
import { noteDeed } from './teacher-deeds.ts'

/** The score in points of the latest attempt's Version. result_missing where nothing was handed in yet. */
export async function overrideScore(
  caller: Caller,
  placementId: string,
  personId: string,
  given: { score: number; comment: string | null },
): Promise<LearnerPage> {
  const taught = await taughtBy(caller, placementId, personId)
  await transaction(async (tx) => {
    const attempts = await handedIn(tx, taught)
    const maxScore = attempts.at(-1)?.maxScore ?? 0
    const comment = given.comment || null
    const before = await standing(tx, taught)
    const after = { score: given.score, maxScore, comment }
    // The same once more (a retry) is nothing new.
    if (before && JSON.stringify(before) === JSON.stringify(after)) return
    await query(
      tx,
      `insert into score_overrides (placement_id, person_id, activity_id, institution_id, score, max_score, comment, by_person_id, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (placement_id, person_id, activity_id) do update set score = excluded.score, max_score = excluded.max_score,
         comment = excluded.comment, by_person_id = excluded.by_person_id, at = excluded.at`,
      [
        taught.placementId,
        personId,
        taught.activityId,
        caller.institutionId,
        after.score,
        maxScore,
        comment,
        taught.caller.personId,
        now(),
      ],
    )
    await noteDeed(tx, taught.caller, { ...taught, deed: 'override-set', before, after })
    await record(tx, { name: 'assessment.override.set', ...scopeOf(taught), data: { byPersonId: taught.caller.personId, ...after } })
    await recount(tx, attempts)
  })
  return learnerPageOf(caller, placementId, personId)
}

/** The attempts count again. */
export async function removeOverride(caller: Caller, placementId: string, personId: string): Promise<LearnerPage> {
  const taught = await taughtBy(caller, placementId, personId)
  await transaction(async (tx) => {
    const attempts = await lockAttemptsOf(tx, taught.placementId, personId, taught.activityId)
    const before = await standing(tx, taught)
    if (!before) return
    await query(tx, 'delete from score_overrides where placement_id = $1 and person_id = $2 and activity_id = $3', [
      taught.placementId,
      personId,
      taught.activityId,
    ])
    await noteDeed(tx, taught.caller, { ...taught, deed: 'override-removed', before, after: null })
    await record(tx, { name: 'assessment.override.removed', ...scopeOf(taught), data: { byPersonId: taught.caller.personId } })
    await recount(tx, attempts)
  })
  return learnerPageOf(caller, placementId, personId)
}

async function handedIn(tx: Tx, { placementId, personId, activityId }: Taught): Promise<Attempt[]> {
  const attempts = await lockAttemptsOf(tx, placementId, personId, activityId)
  if (!attempts.some((one) => one.state === 'submitted'))
    throw conflict('result_missing', 'This learner has handed nothing in yet, so there is no score to change.')
  return attempts
}

async function standing(tx: Tx, { placementId, personId, activityId }: Taught) {
  const held = await overrideOf(tx, placementId, personId, activityId)
  return held && { score: held.score, maxScore: held.maxScore, comment: held.comment }
}

function scopeOf({ caller, placementId, personId }: { caller: Recorded; placementId: string; personId: string }) {
  return { institutionId: caller.institutionId, courseId: caller.courseId, placementId, personId }
}
