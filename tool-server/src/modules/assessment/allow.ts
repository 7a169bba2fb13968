// A teacher grants one learner more attempts or more time; attempts under way get it at once.
import type { Allowance, Caller, LearnerPage } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { query, transaction } from '../../kernel/db.ts'
import { recordAll } from '../../kernel/events/outbox.ts'
import { learnerPageOf } from './learner-page.ts'
import { realign } from './realign.ts'
import { taughtBy } from './taught.ts'
import { noteDeed } from './teacher-deeds.ts'
import { termsOf } from './terms-of.ts'

/** Extra attempts and time in all: the same twice changes nothing. */
export async function changeAllowance(caller: Caller, placementId: string, personId: string, after: Allowance): Promise<LearnerPage> {
  const taught = await taughtBy(caller, placementId, personId)
  const { institutionId, courseId } = caller
  await transaction(async (tx) => {
    await query(tx, 'select from placements where id = $1 for no key update', [taught.placementId])
    const { allowance: before } = await termsOf(tx, taught.placementId, taught.personId)
    const [attempts, time] = [before.extraAttempts !== after.extraAttempts, before.extraSeconds !== after.extraSeconds]
    if (!attempts && !time) return
    await query(
      tx,
      `insert into allowances (placement_id, person_id, institution_id, extra_attempts, extra_seconds, updated_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (placement_id, person_id) do update set extra_attempts = excluded.extra_attempts,
         extra_seconds = excluded.extra_seconds, updated_at = excluded.updated_at`,
      [taught.placementId, taught.personId, institutionId, after.extraAttempts, after.extraSeconds, now()],
    )
    await noteDeed(tx, taught.caller, { ...taught, deed: 'allowance-changed', before, after })
    const scope = { institutionId, courseId, placementId: taught.placementId, personId: taught.personId }
    const byPersonId = taught.caller.personId
    if (attempts)
      await recordAll(tx, [{ name: 'assessment.attempt.granted', ...scope, data: { byPersonId, extraAttempts: after.extraAttempts } }])
    if (time) await recordAll(tx, [{ name: 'assessment.time.granted', ...scope, data: { byPersonId, extraSeconds: after.extraSeconds } }])
    await realign(tx, taught.placementId, taught.personId)
  })
  return learnerPageOf(caller, placementId, personId)
}
