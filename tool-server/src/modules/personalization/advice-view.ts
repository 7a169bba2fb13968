// Advice in front of its learner: names looked up, and nothing named that is not placed in the course any more.
import type { Advice, AdviceHere, AdviceReason, Caller } from '@cuepoint/contracts'
import { queryAlone } from '../../kernel/db.ts'
import { notFound } from '../../kernel/errors.ts'
import { lastHandedIn } from '../assessment/index.ts'
import { topicNamesOf } from '../content/index.ts'
import { type AdviceStored, spanOf, standingAdvice } from './advice-rows.ts'
import { learnerOf } from './deeds.ts'
import { type Learner, notPlacedYet, type Seat, seatsByActivity, seatsOf, titleOf } from './progress.ts'
import type { Reason } from './reasons.ts'

/** More at once is a list of duties. */
const mostHere = 3

/** At the caller's own placement: what comes from there first, then from elsewhere in the course; not what leads to where they are, but parts of the video there. */
export async function adviceHere(caller: Caller, placementId: string): Promise<AdviceHere> {
  const learner = learnerOf(caller)
  if (caller.placementId !== placementId.toLowerCase()) throw notFound()
  // In this order: what is ready must be in what is read then.
  const ready = await isReady(learner, caller.placementId)
  const standing = await standingAdvice(learner)
  // Every launch asks, and mostly there is nothing: no more is looked up then.
  if (standing.length === 0) return { advice: [], ready }
  const seats = await seatsOf(learner)
  const activityId = seats.find(({ placement }) => placement.id === caller.placementId)?.version.activityId
  const others = standing.filter((row) => row.targetId !== activityId || row.placementId === caller.placementId || row.fromSeconds !== null)
  const inOrder = [...others].sort((a, b) => Number(b.placementId === caller.placementId) - Number(a.placementId === caller.placementId))
  return { advice: (await adviceViews(learner, inOrder, seats)).slice(0, mostHere), ready }
}

async function isReady({ personId }: Learner, placementId: string): Promise<boolean> {
  const [last, [row]] = await Promise.all([
    lastHandedIn(placementId, personId),
    queryAlone<{ attempt_id: string }>(
      'select attempt_id from advised where placement_id = $1 and person_id = $2',
      [placementId, personId],
      'advice-advised-at',
    ),
  ])
  return last === null || row?.attempt_id === last
}

/** Of several that lead to one place, the first: a learner is not told the same thing twice for two reasons. */
export async function adviceViews(learner: Learner, rows: readonly AdviceStored[], seats: readonly Seat[]): Promise<Advice[]> {
  const versions = new Map(seats.map(({ version }) => [version.activityId, version]))
  const [names, unplaced] = await Promise.all([
    topicNamesOf(learner.institutionId, topicIdsOf(rows)),
    notPlacedYet(
      learner.courseId,
      rows.map(({ targetId }) => targetId).filter((id) => !versions.has(id)),
    ),
  ])
  for (const version of unplaced) versions.set(version.activityId, version)
  const placed = seatsByActivity(seats)
  const led = new Set<string>()
  return rows.flatMap((row) => {
    const from = seats.find(({ placement }) => placement.id === row.placementId)
    const target = versions.get(row.targetId)
    const reason = reasonView(row.reason, names)
    if (!from || !target || !reason || from.version.activityId !== row.activityId) return []
    const place = `${row.targetId} ${row.fromSeconds} ${row.toSeconds}`
    if (led.has(place)) return []
    led.add(place)
    const { activityId, document } = target
    const seat = placed.get(activityId)
    const title = seat ? titleOf(seat) : target.title
    return [
      {
        id: row.id,
        from: { placementId: row.placementId, title: titleOf(from) },
        reason,
        target: { activityId, title, kind: document.kind, span: spanOf(row) },
      },
    ]
  })
}

export function topicIdsOf(rows: readonly AdviceStored[]): string[] {
  return rows.flatMap(({ reason }) => ('topicIds' in reason ? reason.topicIds : 'topicId' in reason ? [reason.topicId] : []))
}

/** With names; null where its topic is not there any more. */
export function reasonView(reason: Reason, names: ReadonlyMap<string, string>): AdviceReason | null {
  switch (reason.code) {
    case 'topic-wrong': {
      const topic = names.get(reason.topicId)
      return topic === undefined ? null : { code: reason.code, topic, wrong: reason.wrong }
    }
    case 'chosen-topics': {
      const topics = reason.topicIds.flatMap((id) => names.get(id) ?? [])
      return topics.length > 0 ? { code: reason.code, topics, easier: reason.easier } : { code: 'chosen-next', easier: reason.easier }
    }
    default:
      return reason
  }
}
