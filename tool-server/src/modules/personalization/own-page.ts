// A learner's own page of the course: what was done, how it went, what to look at again, and what next.
import type { MyActivities, MyActivity } from '@cuepoint/contracts'
import { topicNamesOf } from '../content/index.ts'
import { standingAdvice } from './advice-rows.ts'
import { adviceViews } from './advice-view.ts'
import { type Learner, type Seat, seatsOf, titleOf, topicsAsked } from './progress.ts'

/** Of the person and the course of the session, and of nobody else. */
export async function ownPageOf(learner: Learner): Promise<MyActivities> {
  const seats = await seatsOf(learner)
  const asked = topicsAsked(seats)
  const [advice, names] = await Promise.all([standingAdvice(learner), topicNamesOf(learner.institutionId, [...asked.keys()])])
  const titles = new Map(seats.map((seat) => [seat.version.activityId, titleOf(seat)]))
  const topics = [...asked].flatMap(([id, { wrong, asked: all, activityIds }]) => {
    const name = names.get(id)
    const activities = [...activityIds].flatMap((activityId) => titles.get(activityId) ?? [])
    return wrong > 0 && name !== undefined ? [{ id, name, wrong, asked: all, activities }] : []
  })
  return {
    // What no learner has begun yet, the LMS may not have opened: it is not told of.
    activities: seats.filter(({ begun, work }) => begun || work.attempts > 0).map(myActivityOf),
    topics: topics.sort((a, b) => b.wrong - a.wrong || a.name.localeCompare(b.name)),
    advice: await adviceViews(learner, advice, seats),
  }
}

function myActivityOf(seat: Seat): MyActivity {
  const { placement, version, work } = seat
  return {
    placementId: placement.id,
    activityId: version.activityId,
    title: titleOf(seat),
    kind: version.document.kind,
    state: work.state,
    attempts: work.attempts,
    result: work.result,
    dueAt: work.dates?.dueAt ?? null,
    open: work.takesAttempts,
  }
}
