// What becomes of advice by its learner: it was shown, dismissed, its part of the video played. Each is told once.
import type { Caller } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { query, type Tx, transaction } from '../../kernel/db.ts'
import { forbidden, notFound } from '../../kernel/errors.ts'
import { record, recordAll } from '../../kernel/events/outbox.ts'
import { type AdviceStored, alike, ownAdvice, scopeOf, toldOf } from './advice-rows.ts'
import type { Learner } from './progress.ts'

/** Who reads advice: a learner who is known. role_not_allowed for a launch without a person. */
export function learnerOf({ institutionId, courseId, personId }: Caller): Learner {
  if (personId === null) throw forbidden('This was opened without saying who you are.')
  return { institutionId, courseId, personId }
}

/** Ids that are not theirs change nothing, and say nothing. */
export async function noteShown(learner: Learner, ids: readonly string[]): Promise<void> {
  await transaction(async (tx) => {
    const fresh = (await ownAdvice(tx, learner, ids)).filter(({ shownAt }) => shownAt === null)
    if (fresh.length === 0) return
    await mark(tx, 'shown_at', fresh, now())
    const told = await toldOf(fresh)
    await recordAll(
      tx,
      fresh.flatMap((row, at) => {
        const data = told[at]
        return data ? [{ name: 'personalization.recommendation.shown' as const, ...scopeOf(row), data }] : []
      }),
    )
  })
}

/** With it goes what leads to the same place for another reason: it was not shown beside it. advice_not_found */
export async function dismiss(learner: Learner, id: string): Promise<void> {
  await transaction(async (tx) => {
    const row = await one(tx, learner, id)
    if (row.dismissedAt) return
    await mark(tx, 'dismissed_at', [row, ...(await alike(tx, row))], now())
    const [data] = await toldOf([row])
    if (data) await record(tx, { name: 'personalization.recommendation.dismissed', ...scopeOf(row), data })
  })
}

/** The page says that the advised part was played. Of another activity only the LMS can say that it was opened. advice_not_found */
export async function notePlayed(learner: Learner, id: string): Promise<void> {
  await transaction(async (tx) => {
    const row = await one(tx, learner, id)
    if (row.fromSeconds === null) return
    await follow(tx, row, 'played', now())
  })
}

/** Within so long after it was shown, what the learner does is taken for following it. */
export const followDays = 14

/** Notes that it was followed, once; nothing where it was never shown, or too long ago. */
export async function follow(tx: Tx, row: AdviceStored, how: 'opened' | 'played', at: Date): Promise<void> {
  const { shownAt, followedAt } = row
  if (followedAt || !shownAt || at < shownAt || at.getTime() - shownAt.getTime() > followDays * 86_400_000) return
  await mark(tx, 'followed_at', [row], at)
  const [data] = await toldOf([row])
  if (data) await record(tx, { name: 'personalization.recommendation.followed', ...scopeOf(row), data: { ...data, how }, occurredAt: at })
}

async function one(tx: Tx, learner: Learner, id: string): Promise<AdviceStored> {
  const [row] = await ownAdvice(tx, learner, [id])
  if (!row) throw notFound('advice_not_found', 'There is no such advice for you.')
  return row
}

async function mark(tx: Tx, column: 'shown_at' | 'dismissed_at' | 'followed_at', rows: readonly AdviceStored[], at: Date): Promise<void> {
  await query(tx, `update recommendations set ${column} = $2 where id = any($1::uuid[])`, [rows.map(({ id }) => id), at])
}
