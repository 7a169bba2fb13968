// The class list of a course, kept as fresh as the LMS lets us: after an instructor's launch, every hour while a course is in use,
// and by a teacher's button. Whoever asks, a course is fetched by one at a time and not twice within seconds.
import type { Caller, Roster } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { queryAlone, transaction } from '../../../kernel/db.ts'
import { log } from '../../../kernel/log.ts'
import { listener, schedule } from '../../../kernel/module.ts'
import {
  claimPlacementRead,
  claimRosterRead,
  forgetPlacementRoster,
  keepGroups,
  keepPlacementRoster,
  keepRoster,
  keepRosterFailure,
  restrictedPlacementsOf,
  rosterOf,
} from '../../identity/index.ts'
import { registrationById } from '../platforms/registry.ts'
import { readGroups } from './group-reading.ts'
import { type RosterSource, readLinkRoster, readRoster } from './roster-reading.ts'

const notWithinSeconds = { button: 15, launch: 60, hour: 3000 } as const
/** As many calls again as the class list takes. */
const linkNotWithinSeconds = { button: 15, launch: 300, hour: 3000 } as const
const inUseDays = 14

/** Fetches and keeps the list unless that was tried a moment ago. What goes wrong at the LMS is kept for the teacher, not thrown. */
async function refresh(courseId: string, why: keyof typeof notWithinSeconds): Promise<void> {
  const course = await sourceOf(courseId)
  // Nobody has come from the LMS yet: what it offers is not known, and the first who comes does not wait for another try.
  if (!course && !(await isLaunched(courseId))) return
  if (!(await claimRosterRead(courseId, notWithinSeconds[why]))) return
  if (!course) return keepRosterFailure(courseId, 'the LMS offers no class list for this course')
  const askedAt = now()
  const read = await readRoster(course.source)
  if (!read.ok) return keepRosterFailure(courseId, read.why)
  const scope = { institutionId: course.institutionId, courseId }
  const { registration, origins } = course.source
  const here = read.people.filter((one) => one.status === 'active').map((one) => one.externalId)
  const { groupsUrl, groupSetsUrl } = course
  const groups = groupsUrl ? await readGroups({ registration, origins, groupsUrl, groupSetsUrl }, here, read.groupsBy) : null
  // The class list is worth having without its groups, which then stay as they were; the flight recorder has the call.
  if (groups && !groups.ok) log.warn({ courseId, why: groups.why }, 'the groups of a course could not be read')
  await transaction(async (tx) => {
    await keepRoster(tx, scope, read.people, { whole: read.whole, askedAt })
    if (groups?.ok) await keepGroups(tx, scope, groups.groups, groups.membersBy)
  })
  for (const { placementId, externalId } of await restrictedPlacementsOf(courseId))
    await refreshLink(placementId, { ...course, source: { ...course.source, linkId: externalId } }, courseId, linkNotWithinSeconds[why])
}

const underWay = new Map<string, Promise<void>>()

function refreshOnce(courseId: string, why: keyof typeof notWithinSeconds): Promise<void> {
  const running = underWay.get(courseId)
  if (running) return running
  const mine = refresh(courseId, why).finally(() => underWay.delete(courseId))
  underWay.set(courseId, mine)
  return mine
}

/** For whom one placement is. */
async function refreshLink(placementId: string, course: CourseSource, courseId: string, notWithin: number): Promise<void> {
  if (course.source.contextId === null || !(await claimPlacementRead(placementId, notWithin))) return
  const people = await readLinkRoster(course.source)
  if (people === 'failed') return
  if (people === 'untold') return forgetPlacementRoster(placementId)
  const named = people.filter((one) => one.status === 'active').map((one) => one.externalId)
  await transaction((tx) => keepPlacementRoster(tx, { institutionId: course.institutionId, courseId }, placementId, named))
}

/** The class list, then for whom of it this placement is. */
async function refreshFor(courseId: string, placementId: string | null, why: 'button' | 'launch'): Promise<void> {
  await refreshOnce(courseId, why)
  const course = placementId ? await sourceOf(courseId, placementId) : null
  if (course && placementId) await refreshLink(placementId, course, courseId, linkNotWithinSeconds[why])
}

/** The teacher's button. */
export async function refreshRosterNow(caller: Caller): Promise<Roster> {
  await refreshFor(caller.courseId, caller.placementId, 'button')
  return (await rosterOf(caller.courseId)) ?? { refreshedAt: null, people: 0, triedAt: null, failure: null }
}

interface CourseSource {
  source: RosterSource
  /** null: the LMS has no groups service. */
  groupsUrl: string | null
  groupSetsUrl: string | null
  institutionId: string
}

/** Where the LMS said last, at a launch of this placement where one is named, that the course's members are; null where it never did, or is not active any more. */
async function sourceOf(courseId: string, placementId: string | null = null): Promise<CourseSource | null> {
  const [row] = await queryAlone<{
    url: string
    groups_url: string | null
    group_sets_url: string | null
    registration_id: string
    origins: string[]
    link: string
    context: string
    institution_id: string
  }>(
    `select s.memberships_url url, s.groups_url, s.group_sets_url, s.registration_id, d.origins, p.external_id link, c.external_id context, c.institution_id
     from placement_services s join deployments d on d.id = s.deployment_id join placements p on p.id = s.placement_id join courses c on c.id = p.course_id
     where c.id = $1 and ($2::uuid is null or p.id = $2) and s.memberships_url is not null order by s.updated_at desc limit 1`,
    [courseId, placementId],
  )
  if (!row) return null
  const registration = await registrationById(row.registration_id)
  if (registration?.status !== 'active') return null
  const contextId = row.context.startsWith('link:') ? null : row.context
  return {
    source: { registration, origins: row.origins, membershipsUrl: row.url, contextId, linkId: row.link },
    groupsUrl: row.groups_url,
    groupSetsUrl: row.group_sets_url,
    institutionId: row.institution_id,
  }
}

async function isLaunched(courseId: string): Promise<boolean> {
  const sql = 'select 1 from placement_services s join placements p on p.id = s.placement_id where p.course_id = $1 limit 1'
  return (await queryAlone(sql, [courseId])).length > 0
}

/** An instructor came: their launch has not waited for the list. */
export const refreshRosterListener = listener({
  name: 'lti.refresh-roster',
  hears: ['identity.session.opened'],
  queue: 'outbound',
  ordered: false,
  batch: 10,
  retry: { firstSeconds: 10, capSeconds: 300, attempts: 5 },
  route: ({ courseId, placementId, data }) => (courseId && placementId && data.role === 'instructor' ? { lane: courseId } : null),
  async run(batch) {
    const courseId = batch[0]?.event.courseId
    if (!courseId) return
    for (const placementId of new Set(batch.map(({ event }) => event.placementId))) await refreshFor(courseId, placementId, 'launch')
  },
})

/** Every hour, the courses that somebody opened lately; a few at once, so that no LMS is asked for all its courses in one second. */
export const refreshRosters = schedule({
  name: 'lti.refresh-rosters',
  everySeconds: 3600,
  async run() {
    const rows = await queryAlone<{ course_id: string }>(
      `select distinct p.course_id from placement_services s join placements p on p.id = s.placement_id
       where s.memberships_url is not null
         and exists (select from memberships m where m.course_id = p.course_id and m.last_seen_at > $1::timestamptz - $2::int * interval '1 day')`,
      [now(), inUseDays],
    )
    const failures: unknown[] = []
    const waiting = rows.values()
    const work = async () => {
      for (const { course_id } of waiting) await refreshOnce(course_id, 'hour').catch((error: unknown) => failures.push(error))
    }
    await Promise.all([work(), work()])
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${rows.length} class lists could not be kept`)
  },
})
