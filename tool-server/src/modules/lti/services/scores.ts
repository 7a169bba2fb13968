// The listener that carries Results to the LMS gradebook (AGS scores). Newest only; never more than six calls of one
// registration at a time (Canvas's rate bucket).
import type { LearningEvent } from '@cuepoint/contracts'
import { GiveUp, TryLater } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events/outbox.ts'
import { type Delivery, listener, type Outcome } from '../../../kernel/module.ts'
import { lmsOf } from '../lms/index.ts'
import { listRegistrations, type Registration, registrationById } from '../platforms/registry.ts'
import { gradeCall, scopes, under } from './grade-call.ts'
import { heldByLms } from './held-result.ts'
import { type LedgerRow, ledgerRow, noteTry, scoreRoute, settle, stamp, want } from './score-ledger.ts'

const inFlight = 6
const retry = { firstSeconds: 2, capSeconds: 3600, attempts: 80 }

export const sendScore = listener({
  name: 'lti.send-score',
  hears: ['assessment.result.changed'],
  queue: 'outbound',
  ordered: false,
  batch: inFlight,
  retry,
  // In the transaction of the Result: the wanted score stands in the ledger the moment the attempt is submitted.
  async route(event, tx) {
    if (!event.placementId || !event.personId) return null
    const registrationId = await scoreRoute(tx, event.placementId, scopes.score)
    if (!registrationId) return null
    await want(tx, event, registrationId)
    const { institutionId, courseId, personId, placementId } = event
    await record(tx, {
      name: 'gradebook.score.waiting',
      institutionId,
      courseId,
      personId,
      placementId,
      data: { revision: event.data.revision },
    })
    return { lane: registrationId }
  },
  async run(batch) {
    // Each for itself: one that fails (the database, say) must not have the others sent again while they are still under way.
    const alone = (delivery: ScoreDelivery) => push(delivery).catch((error: unknown): Outcome => ({ retry: wordsOf(error) }))
    const outcomes = await Promise.all(batch.map(async (delivery) => [delivery.id, await alone(delivery)] as const))
    return new Map(outcomes.filter((it): it is [string, Outcome] => it[1] !== undefined))
  },
})

type ScoreDelivery = Delivery<'assessment.result.changed'>

async function push(delivery: ScoreDelivery): Promise<Outcome | undefined> {
  const { event } = delivery
  const row = await ledgerRow(event.placementId ?? '', event.personId ?? '')
  // A newer Result has its own delivery; an accepted one needs none.
  if (!row || row.revision > event.data.revision || row.accepted_revision >= event.data.revision) return undefined
  const registration = await activeRegistration(row.registration_id)
  if (!registration) return refuse(event, row, 'this LMS is not active in Cuepoint any more')
  try {
    return await send(registration, row, event, delivery)
  } catch (error) {
    if (error instanceof GiveUp) return refuse(event, row, error.message)
    return later(delivery, row, wordsOf(error), error instanceof TryLater ? error.afterSeconds : undefined)
  }
}

/** What is remembered may be older than the registration: before a score is refused for it, the table is asked. */
async function activeRegistration(id: string): Promise<Registration | undefined> {
  const isIt = (it: Registration | undefined) => it?.id === id && it.status === 'active'
  const known = await registrationById(id)
  return isIt(known) ? known : (await listRegistrations()).find(isIt)
}

async function send(
  registration: Registration,
  row: LedgerRow,
  event: LearningEvent<'assessment.result.changed'>,
  delivery: ScoreDelivery,
): Promise<Outcome | undefined> {
  const lms = lmsOf(registration.lms)
  const isRetry = row.sent_revision === row.revision
  const at = await stamp(row, lms.scoreSpacingSeconds)
  let answer = await post(registration, row, at, isRetry)
  if (answer.kind === 'conflict') {
    const held = await heldByLms(registration, row)
    if (held.same) return accepted(event, row)
    answer = await post(registration, row, await stamp(row, lms.scoreSpacingSeconds, held.at), true)
    if (answer.kind === 'conflict') return later(delivery, row, 'the LMS holds a newer score')
  }
  if (answer.kind === 'ok') return accepted(event, row)
  if (answer.kind === 'never') return refuse(event, row, answer.why)
  return later(delivery, row, answer.why, answer.afterSeconds)
}

function post(registration: Registration, row: LedgerRow, at: Date, isRetry: boolean): ReturnType<typeof gradeCall> {
  const score: Record<string, unknown> = {
    userId: row.external_id,
    scoreGiven: row.score,
    scoreMaximum: row.max_score,
    activityProgress: 'Completed',
    gradingProgress: 'FullyGraded',
    timestamp: at.toISOString(),
    submission: { startedAt: row.started_at.toISOString(), submittedAt: row.submitted_at.toISOString() },
    ...(row.comment ? { comment: row.comment } : {}),
  }
  if (lmsOf(registration.lms).marksResubmission && isRetry)
    score['https://canvas.instructure.com/lti/submission'] = { new_submission: false }
  return gradeCall(registration, {
    method: 'POST',
    url: under(row.line_item_url, 'scores'),
    scope: scopes.score,
    contentType: 'application/vnd.ims.lis.v1.score+json',
    body: JSON.stringify(score),
  })
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown'
}

async function accepted(event: LearningEvent<'assessment.result.changed'>, row: LedgerRow): Promise<undefined> {
  await settle(event, row.revision, { state: 'accepted' })
}

async function refuse(event: LearningEvent<'assessment.result.changed'>, row: LedgerRow, reason: string): Promise<Outcome> {
  await settle(event, row.revision, { state: 'refused', reason })
  return { giveUp: reason }
}

async function later(delivery: ScoreDelivery, row: LedgerRow, why: string, afterSeconds?: number): Promise<Outcome> {
  if (delivery.attempt >= retry.attempts) return refuse(delivery.event, row, `${why}; given up after ${delivery.attempt} tries`)
  await noteTry(row, why)
  return { retry: why, ...(afterSeconds === undefined ? {} : { afterSeconds }) }
}
