// The rules of an activity come along with its copy. They are kept as they were there, with the course that they are from: what else they
// name may be copied later, so it is looked for whenever they are read (plans.ts), until somebody saves them here.
import { now } from '../../kernel/clock.ts'
import { query, transaction } from '../../kernel/db.ts'
import { record } from '../../kernel/events/outbox.ts'
import { listener } from '../../kernel/module.ts'
import { plansIn } from './plans.ts'

export const copyPlan = listener({
  name: 'personalization.copy-plan',
  hears: ['content.activity.copied'],
  queue: 'quick',
  ordered: false,
  batch: 20,
  retry: { firstSeconds: 1, capSeconds: 300, attempts: 50 },
  route: ({ courseId }) => (courseId ? { lane: courseId } : null),
  async run(batch) {
    for (const { event } of batch) {
      const { institutionId, courseId, personId, data } = event
      const { activityId, fromActivityId, fromCourseId } = data
      const planned = await plansIn(fromCourseId)
      const { isSet, plan } = planned.of(fromActivityId)
      if (!courseId || !isSet) continue
      await transaction(async (tx) => {
        const made = await query(
          tx,
          `insert into advice_plans (course_id, activity_id, institution_id, plan, changed_by, changed_at, copied_from)
           select $1, a.id, $3, $4, null, $5, $6 from activities a where a.id = $2 and a.institution_id = $3
           on conflict (course_id, activity_id) do nothing returning 1`,
          [courseId, activityId, institutionId, JSON.stringify(plan), now(), fromCourseId],
        )
        if (made.length === 0) return
        const scope = { institutionId, courseId, personId: null, placementId: null }
        await record(tx, { name: 'personalization.plan.changed', ...scope, data: { activityId, byPersonId: personId } })
      })
    }
  },
})
