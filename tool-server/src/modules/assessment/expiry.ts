// Time over: what was saved is handed in by the server, by the clock and whenever somebody touches such an attempt.
import type { Caller } from '@cuepoint/contracts'
import { now, nowMs } from '../../kernel/clock.ts'
import { queryAlone, type Tx, transaction } from '../../kernel/db.ts'
import { record } from '../../kernel/events/outbox.ts'
import { pointerOf } from '../content/index.ts'
import { lockOverdue } from './attempt-rows.ts'
import { closeAttempt, rulingVersionOf } from './closing.ts'
import { type Standing, standingOf } from './standing.ts'
import { answersOf } from './stored-answers.ts'
import { isOverdue, overdueBefore } from './time.ts'
import { attemptFactsOf } from './told.ts'

/** Hands in every attempt whose time is over; each in a transaction of its own, so that one bad one does not hold the others. */
export async function expireOverdue(): Promise<void> {
  const due = await queryAlone<{ id: string }>(
    `select id from attempts where state = 'open' and deadline_at < $1 order by deadline_at limit 500`,
    [overdueBefore(nowMs())],
  )
  const failures: unknown[] = []
  const waiting = due.values()
  const work = async () => {
    for (const { id } of waiting) await transaction((tx) => expire(tx, id)).catch((error: unknown) => failures.push(error))
  }
  // A whole class runs out of time in one second; a few at once leave connections for those who are still writing.
  await Promise.all([work(), work(), work()])
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${due.length} overdue attempts could not be handed in`)
}

/** Hands in one attempt if its time is over and nobody was faster. */
export async function expire(tx: Tx, attemptId: string): Promise<void> {
  const attempt = await lockOverdue(tx, attemptId, overdueBefore(nowMs()))
  if (!attempt?.deadlineAt) return
  const pointer = await pointerOf(attempt.activityId, attempt.courseId, tx)
  const ruling = await rulingVersionOf(pointer, attempt, tx)
  // It ended when its time did, however late the server came to it.
  const closing = { key: null, timeUp: true, at: now(), submittedAt: attempt.deadlineAt }
  const { institutionId, courseId, personId, placementId, deadlineAt } = attempt
  await record(tx, {
    name: 'assessment.attempt.expired',
    ...{ institutionId, courseId, personId, placementId },
    data: { ...attemptFactsOf(attempt), deadlineAt: deadlineAt.toISOString() },
  })
  await closeAttempt(tx, attempt, await answersOf(tx, attemptId), ruling, closing)
}

/** Where a person stands, from what was read already or read now; an overdue attempt handed in first. */
export async function currentStandingOf(
  caller: Caller,
  placementId: string,
  activityId: string,
  { tx, read }: { tx?: Tx; read?: Standing } = {},
): Promise<Standing> {
  const standing = read ?? (await standingOf(caller, placementId, activityId, tx))
  const overdue = standing.attempts.find((one) => one.state === 'open' && isOverdue(one.deadlineAt, nowMs()))
  if (!overdue) return standing
  await (tx ? expire(tx, overdue.id) : transaction((own) => expire(own, overdue.id)))
  return standingOf(caller, placementId, activityId, tx)
}
