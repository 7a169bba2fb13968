// An activity is behind a link that has no gradebook column, at an LMS that makes none by itself (Brightspace, fact 32): the column is
// made now, and not by the first score, so that a teacher finds it where they set up the course.
import { queryAlone, transaction } from '../../../kernel/db.ts'
import { GiveUp } from '../../../kernel/errors.ts'
import { listener } from '../../../kernel/module.ts'
import { activityOfInstitution } from '../../content/index.ts'
import { registrationById } from '../platforms/registry.ts'
import { type ColumnPlace, columnMade } from './columns.ts'

type Wanting = ColumnPlace & { registration_id: string; institution_id: string; activity_id: string }

async function make(placementId: string): Promise<void> {
  const [place] = await queryAlone<Wanting & Record<string, unknown>>(
    `select s.placement_id, s.line_item_url, s.line_items_url, s.scopes, s.registration_id, c.institution_id, p.activity_id
     from placement_services s join placements p on p.id = s.placement_id join courses c on c.id = p.course_id
     where s.placement_id = $1 and s.column_wanted and s.line_item_url is null and p.activity_id is not null`,
    [placementId],
  )
  const registration = place && (await registrationById(place.registration_id))
  if (!place || registration?.status !== 'active') return
  const activity = await transaction((tx) => activityOfInstitution(tx, place.institution_id, place.activity_id))
  // Without points there is nothing to be graded (AGS: scoreMaximum is above 0). What gets some later has its column by the first score.
  if (!activity || activity.maxScore <= 0) return
  const column = await columnMade(registration, place, activity.maxScore)
  if (!column.made) throw column.why ? new Error(column.why) : new GiveUp('the LMS does not let Cuepoint make a gradebook column')
}

export const makeColumn = listener({
  name: 'lti.make-column',
  hears: ['identity.placement.pointed'],
  queue: 'outbound',
  ordered: false,
  batch: 1,
  retry: { firstSeconds: 5, capSeconds: 3600, attempts: 12 },
  // What the LMS offers is kept later in the launch that points it: here is too early to ask.
  route: ({ placementId }) => (placementId ? { lane: placementId } : null),
  async run([delivery]) {
    if (delivery?.event.placementId) await make(delivery.event.placementId)
  },
})
