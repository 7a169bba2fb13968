// PURE: the next thing where nobody has set a rule: by topics in common first, then by how hard it was for the class, then by the order of
// the course. Only of what some learner has begun, and this person has not done.
import type { Advised, InCourse, Progress } from './reasons.ts'

/** Below this share of the points the easiest comes next, from it on what is about as hard. */
const lowShare = 0.6

export function chosenNext(about: InCourse, { activities, wrong }: Progress): Advised[] {
  const at = activities.indexOf(about)
  const low = about.share !== null && about.share < lowShare
  const known = activities.flatMap(({ facility }) => facility ?? [])
  const middle = known.length > 0 ? known.reduce((sum, it) => sum + it, 0) / known.length : 0.5
  const ranked = activities
    .map((it, place) => ({
      it,
      weak: shared(it, about).filter((id) => wrong.has(id)),
      shared: shared(it, about),
      unfit: low ? -(it.facility ?? middle) : Math.abs((it.facility ?? middle) - (about.facility ?? middle)),
      // What comes after it in the course, then from its beginning.
      order: (place - at + activities.length) % activities.length,
    }))
    .filter(({ it }) => it !== about && it.begun && it.takesAttempts && it.doneAt === null)
    .sort((a, b) => b.weak.length - a.weak.length || b.shared.length - a.shared.length || a.unfit - b.unfit || a.order - b.order)
  const [best] = ranked
  if (!best) return []
  const { activityId, facility } = best.it
  const easier = facility !== null && about.facility !== null && facility > about.facility
  const topicIds = best.weak.length > 0 ? best.weak : best.shared
  const reason = topicIds.length > 0 ? ({ code: 'chosen-topics', topicIds, easier } as const) : ({ code: 'chosen-next', easier } as const)
  // One mark for both: which topics are in common may change, and it is the same advice.
  return [{ mark: `chosen ${activityId}`, reason, activityId, span: null }]
}

function shared(one: InCourse, other: InCourse): string[] {
  return one.topicIds.filter((id) => other.topicIds.includes(id))
}
