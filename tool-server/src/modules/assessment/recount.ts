// Results counted again: after a teacher's deed, and where a counting rule was published. Written only where something changed.
import type { LearningEvent } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { query, queryAlone, type Tx, transaction } from '../../kernel/db.ts'
import { recordAll } from '../../kernel/events/outbox.ts'
import { listener } from '../../kernel/module.ts'
import { pointerOf, versionOf } from '../content/index.ts'
import type { Attempt } from './assessment.models.ts'
import { lockAttemptsOf } from './attempt-rows.ts'
import { type ClosingEvent, type Effective, effectiveOf, writeEffective } from './results.ts'
import { attemptFactsOf } from './told.ts'

interface Held {
  score: number
  maxScore: number
  attempts: number
  submittedAt: Date
  overridden: boolean
  comment: string | null
}

/** Counts one person's attempts (locked, of one activity) again. True where that changed the Result, and so was told. */
export async function recount(tx: Tx, attempts: readonly Attempt[]): Promise<boolean> {
  const [attempt] = attempts
  if (!attempt) return false
  const pointer = await pointerOf(attempt.activityId, attempt.courseId, tx)
  const ruling = await versionOf(pointer?.versionId ?? attempt.versionId, tx)
  const effective = await effectiveOf(tx, attempts, ruling.document.settings.counting)
  const held = await heldResult(tx, attempt)
  if (!effective || isSame(held, effective)) return false
  const changed = await writeEffective(tx, attempts, effective, now(), true)
  await recordAll(tx, [changed, ...regraded(attempts, held, effective)])
  return true
}

/** None where the score stayed as it was: a comment alone is no grade. */
function regraded(attempts: readonly Attempt[], held: Held | null, effective: Effective): ClosingEvent[] {
  const { score, maxScore, overridden, attemptId } = effective
  const attempt = attempts.find(({ id }) => id === attemptId)
  if (!attempt || (held && held.score === score && held.maxScore === maxScore)) return []
  const { institutionId, courseId, personId, placementId } = attempt
  const before = held && { score: held.score, maxScore: held.maxScore }
  const by = overridden || held?.overridden ? ('teacher' as const) : ('rules' as const)
  const data = { ...attemptFactsOf(attempt), before, score, maxScore, by }
  return [{ name: 'assessment.attempt.regraded', institutionId, courseId, personId, placementId, data }]
}

/** Counts everybody's at a placement again; of the activity that it leads to. */
export async function recountPlacement(tx: Tx, placementId: string, activityId: string): Promise<void> {
  for (const personId of await triedBy(tx, placementId, activityId))
    await recount(tx, await lockAttemptsOf(tx, placementId, personId, activityId))
}

async function triedBy(tx: Tx, placementId: string, activityId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    tx,
    `select distinct person_id::text as id from attempts
     where placement_id = $1 and activity_id = $2 and state = 'submitted' and not practice order by 1`,
    [placementId, activityId],
    'assessment-tried-by',
  )
  return rows.map(({ id }) => id)
}

async function heldResult(tx: Tx, { placementId, personId }: Attempt): Promise<Held | null> {
  const [held] = await query<Held & Record<string, unknown>>(
    tx,
    `select score, max_score as "maxScore", attempts, submitted_at as "submittedAt", overridden, comment from results
     where placement_id = $1 and person_id = $2 for update`,
    [placementId, personId],
    'assessment-held-result',
  )
  return held ?? null
}

function isSame(held: Held | null, effective: Effective): boolean {
  return (
    held !== null &&
    held.score === effective.score &&
    held.maxScore === effective.maxScore &&
    held.attempts === effective.attempts &&
    held.overridden === effective.overridden &&
    held.comment === effective.comment &&
    held.submittedAt.getTime() === effective.submittedAt.getTime()
  )
}

/** A published Version may count otherwise: each person's Result in a transaction of its own, written only where it differs. */
export async function recountPublished({ data }: LearningEvent<'content.activity.published'>): Promise<void> {
  const placements = await queryAlone<{ id: string }>('select id::text as id from placements where activity_id = $1 order by id', [
    data.activityId,
  ])
  for (const { id } of placements) {
    const people = await transaction((tx) => triedBy(tx, id, data.activityId))
    for (const personId of people)
      await transaction(async (tx) => {
        await recount(tx, await lockAttemptsOf(tx, id, personId, data.activityId))
      })
  }
}

export const recountPublishedListener = listener({
  name: 'assessment.recount-results',
  hears: ['content.activity.published'],
  queue: 'quick',
  ordered: true,
  batch: 1,
  retry: { firstSeconds: 1, capSeconds: 300, attempts: 20 },
  // The first Version meets no attempts.
  route: ({ data }) => (data.number > 1 ? { lane: data.activityId } : null),
  run: async (batch) => {
    for (const { event } of batch) await recountPublished(event)
  },
})
