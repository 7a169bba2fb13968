// Gathers what the rules look at: what is placed in a course, and one person's work there.
import type { Caller } from '@cuepoint/contracts'
import { facilitiesOf } from '../analytics/index.ts'
import { begunPlacements, type Work, workOf } from '../assessment/index.ts'
import { publishedVersionsOf, topicIdsIn, type Version } from '../content/index.ts'
import { type CoursePlacement, placementsIn } from '../identity/index.ts'
import type { InCourse, Progress } from './reasons.ts'

export type Learner = Pick<Caller, 'institutionId' | 'courseId'> & { readonly personId: string }

/** A placement of the course that this person may have, with their work at it. */
export interface Seat {
  readonly placement: CoursePlacement
  readonly version: Version
  readonly work: Work
  readonly begun: boolean
}

/** As the LMS calls it, which is how a learner finds it; the activity's own title where the LMS gave none. */
export const titleOf = ({ placement, version }: Pick<Seat, 'placement' | 'version'>): string => placement.title || version.title

/** In the order of the course. */
export async function seatsOf({ institutionId, courseId, personId }: Learner): Promise<Seat[]> {
  const placements = await placementsIn(courseId, personId)
  const [versions, begun] = await Promise.all([
    publishedVersionsOf(
      courseId,
      placements.map(({ activityId }) => activityId),
    ),
    begunPlacements(placements.map(({ id }) => id)),
  ])
  const placed = placements.flatMap((placement) => {
    const version = versions.get(placement.activityId)
    return version ? [{ placement, version, placementId: placement.id }] : []
  })
  const works = await workOf({ institutionId, personId }, placed)
  return placed.flatMap(({ placement, version }, at) => {
    const work = works[at]
    return work ? [{ placement, version, work, begun: begun.has(placement.id) }] : []
  })
}

/** Where an activity is placed twice, the seat that was worked at last. */
export function seatsByActivity(seats: readonly Seat[]): Map<string, Seat> {
  const found = new Map<string, Seat>()
  for (const seat of seats) {
    const known = found.get(seat.version.activityId)
    if (!known || doneAt(seat) > doneAt(known)) found.set(seat.version.activityId, seat)
  }
  return found
}

const doneAt = ({ work }: Seat): number => work.last?.submittedAt.getTime() ?? 0

/** Of these activities those that nobody has opened from the course yet. Whoever names them says that they are there. */
export async function notPlacedYet(courseId: string, activityIds: readonly string[]): Promise<Version[]> {
  if (activityIds.length === 0) return []
  const placed = new Set((await placementsIn(courseId, null)).map(({ activityId }) => activityId))
  const versions = await publishedVersionsOf(
    courseId,
    activityIds.filter((id) => !placed.has(id)),
  )
  return [...versions.values()]
}

/** `unplaced`: what may be named beside what is placed. */
export async function progressIn(seats: ReadonlyMap<string, Seat>, unplaced: readonly Version[]): Promise<Progress> {
  const facilities = await facilitiesOf([...seats.values()].map(({ placement }) => placement.id))
  const activities = [...seats].map(
    ([activityId, { placement, version, work, begun }]): InCourse => ({
      activityId,
      kind: version.document.kind,
      topicIds: topicIdsIn(version),
      facility: facilities.get(placement.id) ?? null,
      takesAttempts: work.takesAttempts,
      begun,
      doneAt: work.last?.submittedAt.getTime() ?? null,
      share: work.share,
      watch: work.watch,
    }),
  )
  const unseen = unplaced.map(
    (version): InCourse => ({
      ...{ activityId: version.activityId, kind: version.document.kind, topicIds: topicIdsIn(version), facility: null },
      ...{ takesAttempts: true, begun: false, doneAt: null, share: null, watch: null },
    }),
  )
  return {
    activities: [...activities, ...unseen],
    wrong: new Map([...topicsAsked(seats.values())].flatMap(([id, { wrong }]) => (wrong > 0 ? [[id, wrong]] : []))),
  }
}

/** Less than half of its points: went wrong. */
const wrongBelow = 0.5

export interface Asked {
  wrong: number
  asked: number
  /** Where questions on it went wrong. */
  activityIds: Set<string>
}

/** By topic, over the last attempts at all activities whose answers may be seen. A question counts with its own topics. */
export function topicsAsked(seats: Iterable<Seat>): Map<string, Asked> {
  const topics = new Map<string, Asked>()
  for (const { version, work } of seats)
    for (const { topicIds, share } of work.marks ?? [])
      for (const id of topicIds) {
        const topic = topics.get(id) ?? { wrong: 0, asked: 0, activityIds: new Set() }
        topics.set(id, topic)
        topic.asked++
        if (share >= wrongBelow) continue
        topic.wrong++
        topic.activityIds.add(version.activityId)
      }
  return topics
}
