// Was advice followed? The advised activity was opened from the course, or half of the advised part of a video was played.
// Looked for by what stands in the events, so that no launch waits for it and nothing is missed: every minute, and before advising anew.
import { nowMs } from '../../kernel/clock.ts'
import { queryAlone, transaction } from '../../kernel/db.ts'
import { firstPlayed } from '../analytics/index.ts'
import { firstOpened } from '../identity/index.ts'
import { type AdviceStored, columns, ownAdvice } from './advice-rows.ts'
import { follow, followDays } from './deeds.ts'
import { type Learner, seatsOf } from './progress.ts'
import { coveredShare } from './unwatched.ts'

const days = followDays * 86_400_000
const atOnce = 1000

/** Whatever was shown lately to anybody: were the activities opened since? */
export async function noteOpened(): Promise<void> {
  let after: { at: Date; id: string } = { at: new Date(nowMs() - days), id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const waiting = await queryAlone<AdviceStored>(
      `select ${columns} from recommendations r where r.shown_at is not null and r.followed_at is null
         and (r.from_seconds is null or r.target_activity_id <> r.activity_id)
         and (r.shown_at, r.id) > ($1, $2) order by r.shown_at, r.id limit ${atOnce}`,
      [after.at, after.id],
      'advice-waiting',
    )
    await noteOpenedOf(waiting)
    const last = waiting.at(-1)
    if (waiting.length < atOnce || !last?.shownAt) return
    after = { at: last.shownAt, id: last.id }
  }
}

/** The same of one learner in one course, and the parts of videos that they played. */
export async function noteFollowed({ courseId, personId, institutionId }: Learner): Promise<void> {
  const waiting = await queryAlone<AdviceStored>(
    `select ${columns} from recommendations r where r.course_id = $1 and r.person_id = $2 and r.shown_at is not null and r.followed_at is null`,
    [courseId, personId],
    'advice-waiting-of',
  )
  await noteOpenedOf(waiting.filter((row) => !isOwnPart(row)))
  await notePlayedOf({ courseId, personId, institutionId }, waiting.filter(isOwnPart))
}

/** A part of the video that the advice is about. */
const isOwnPart = ({ fromSeconds, targetId, activityId }: AdviceStored): boolean => fromSeconds !== null && targetId === activityId

/** Where it leads to a part of another video, opening that is not enough. */
async function noteOpenedOf(waiting: readonly AdviceStored[]): Promise<void> {
  if (waiting.length === 0) return
  const asked = waiting.map(({ personId, courseId, targetId, shownAt }) => {
    const since = shownAt ?? new Date(0)
    return { personId, courseId, activityId: targetId, since, until: new Date(since.getTime() + days) }
  })
  const opened = await firstOpened(asked)
  const parts = waiting.flatMap(({ fromSeconds, toSeconds }, place) => {
    const one = asked[place]
    return one && opened[place] && fromSeconds !== null && toSeconds !== null ? [{ ...one, place, fromSeconds, toSeconds }] : []
  })
  const played = await firstPlayed(parts, enough)
  const playedAt = new Map(parts.map(({ place }, at) => [place, played[at] ?? null]))
  for (const [place, row] of waiting.entries())
    if (row.fromSeconds === null) await noteOne(row, 'opened', opened[place] ?? null)
    else await noteOne(row, 'played', playedAt.get(place) ?? null)
}

/** So much of the advised part must have been watched: by the server's clock in an attempt at the same video, else by what its page told. */
const enough = 0.5

/** An attempt that was handed in since, in which the part was watched. */
async function notePlayedOf(learner: Learner, waiting: readonly AdviceStored[]): Promise<void> {
  if (waiting.length === 0) return
  const seats = await seatsOf(learner)
  for (const row of waiting) {
    const work = seats.find(({ placement }) => placement.id === row.placementId)?.work
    const { fromSeconds, toSeconds, shownAt } = row
    if (!work?.watch || !work.last || !shownAt || work.last.submittedAt <= shownAt) continue
    const share = coveredShare(work.watch.last, { fromSeconds: fromSeconds ?? 0, toSeconds: toSeconds ?? 0 })
    if (share >= enough) await noteOne(row, 'played', work.last.submittedAt)
  }
}

async function noteOne(row: AdviceStored, how: 'opened' | 'played', at: Date | null): Promise<void> {
  if (!at) return
  await transaction(async (tx) => {
    const [fresh] = await ownAdvice(tx, row, [row.id])
    if (fresh) await follow(tx, fresh, how, at)
  })
}
