// Two listeners: whoever hands something in, or whose score is changed, is advised anew; and so is everybody when a plan changes, also
// in the courses that have it from there.
import { createHash } from 'node:crypto'
import { type Delivery, listener } from '../../kernel/module.ts'
import { peopleWhoHandedIn } from '../assessment/index.ts'
import { noteFollowed } from './followed.ts'
import { coursesThatFollow, plansIn } from './plans.ts'
import { advise } from './recommendations.ts'

const lanes = 4
const laneOf = (personId: string): string => String(createHash('sha256').update(personId).digest().readUInt32BE(0) % lanes)

export const adviseLearner = listener({
  name: 'personalization.advise-learner',
  hears: ['assessment.attempt.submitted', 'assessment.result.changed'],
  queue: 'quick',
  ordered: false,
  batch: 50,
  retry: { firstSeconds: 1, capSeconds: 300, attempts: 50 },
  route: ({ personId, courseId, name, data }) => {
    if (!personId || !courseId) return null
    // Handing in says both: once is enough. A teacher's own try is nobody's learning.
    if (name === 'assessment.result.changed') return 'recounted' in data && data.recounted ? { lane: laneOf(personId) } : null
    return 'practice' in data && data.practice ? null : { lane: laneOf(personId) }
  },
  run: (batch) => adviseAll(batch),
})

type Heard = Delivery<'assessment.attempt.submitted' | 'assessment.result.changed'>

async function adviseAll(batch: readonly Heard[]): Promise<void> {
  const learners = new Map(
    batch.map(({ event: { institutionId, courseId, personId } }) => [
      `${courseId} ${personId}`,
      { institutionId, courseId: courseId ?? '', personId: personId ?? '' },
    ]),
  )
  const plans = new Map<string, Awaited<ReturnType<typeof plansIn>>>()
  for (const learner of learners.values()) {
    const { courseId } = learner
    const planned = plans.get(courseId) ?? (await plansIn(courseId))
    plans.set(courseId, planned)
    await noteFollowed(learner)
    await advise(learner, (activityId) => planned.of(activityId).plan)
  }
}

export const adviseClass = listener({
  name: 'personalization.advise-class',
  hears: ['personalization.plan.changed'],
  queue: 'quick',
  ordered: false,
  batch: 20,
  retry: { firstSeconds: 1, capSeconds: 300, attempts: 20 },
  route: ({ courseId }) => (courseId ? { lane: courseId } : null),
  async run(batch, { signal }) {
    const [first] = batch
    const courseId = first?.event.courseId
    if (!first || !courseId) return
    const { institutionId } = first.event
    const activities = [...new Set(batch.map(({ event }) => event.data.activityId))]
    await adviseWhoHandedIn({ institutionId, courseId }, activities, signal)
    for (const activityId of activities)
      for (const other of await coursesThatFollow(courseId, activityId))
        await adviseWhoHandedIn({ institutionId, courseId: other }, [activityId], signal)
  },
})

async function adviseWhoHandedIn(
  { institutionId, courseId }: { institutionId: string; courseId: string },
  activities: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const planned = await plansIn(courseId)
  const people = await Promise.all(activities.map((id) => peopleWhoHandedIn(courseId, id)))
  for (const personId of new Set(people.flat())) {
    if (signal.aborted) throw new Error('it goes on elsewhere')
    await advise({ institutionId, courseId, personId }, (activityId) => planned.of(activityId).plan)
  }
}
