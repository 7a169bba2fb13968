// Ends of attempts under way follow the placement's dates and a learner's extra time; their pages hear of it.
import { nowMs } from '../../kernel/clock.ts'
import { query, queryAlone, type Tx, transaction } from '../../kernel/db.ts'
import { publish } from '../../kernel/live.ts'
import { timeLimitOf, versionOf } from '../content/index.ts'
import type { Attempt } from './assessment.models.ts'
import { lockOpenAttempts } from './attempt-rows.ts'
import { attemptChannel } from './live-attempt.routes.ts'
import { deadlineOf, plainTerms } from './terms.ts'
import { termsOf } from './terms-of.ts'

/** Sets the deadline of every attempt under way as the terms now say; of one person where given. */
export async function realign(tx: Tx, placementId: string, personId: string | null): Promise<void> {
  for (const attempt of await lockOpenAttempts(tx, placementId, personId)) {
    const deadlineAt = await deadlineFor(tx, attempt)
    if (deadlineAt?.getTime() === attempt.deadlineAt?.getTime()) continue
    await query(tx, 'update attempts set deadline_at = $2 where id = $1', [attempt.id, deadlineAt], 'assessment-realign')
    publish(tx, attemptChannel, attempt.id)
  }
}

async function deadlineFor(tx: Tx, attempt: Attempt): Promise<Date | null> {
  const version = await versionOf(attempt.versionId, tx)
  const terms = attempt.practice ? plainTerms : await termsOf(tx, attempt.placementId, attempt.personId)
  return deadlineOf(attempt.startedAt, timeLimitOf(version.document), terms)
}

/** An attempt that was being opened while the terms changed may have the old end: looked after for a while. */
export async function realignChanged(): Promise<void> {
  const changed = await queryAlone<{ placementId: string }>(
    `select placement_id as "placementId" from placement_settings where updated_at > $1
     union select placement_id from allowances where updated_at > $1`,
    [new Date(nowMs() - 30_000)],
    'assessment-changed-terms',
  )
  for (const { placementId } of changed) await transaction((tx) => realign(tx, placementId, null))
}
