// Learners before one activity of one LMS, who have launched it once. What they hand in is written as the product writes it: the Result
// with its next revision and the event that tells of it, in one transaction.
import { randomUUID } from 'node:crypto'
import type { Lms } from '../../../fixtures/lms-simulator/index.ts'
import { now } from '../../src/kernel/clock.ts'
import { queryAlone, transaction } from '../../src/kernel/db.ts'
import { recordAll } from '../../src/kernel/events/outbox.ts'
import type { Attempt } from '../../src/modules/assessment/assessment.models.ts'
import { type ClosingEvent, writeEffective } from '../../src/modules/assessment/results.ts'
import type { TestSchool } from '../../tests/_app.ts'
import { launchAs, type Placed } from '../../tests/_journey.ts'
import type { Chance } from '../chance.ts'

interface Given {
  revision: number
  score: number
  /** A teacher's other score for the same work: no submission. */
  recounted: boolean
}

export interface Seat {
  /** The LMS's id of the learner. */
  person: string
  personId: string
  /** What was handed in, the newest last. */
  given: Given[]
}

export interface SchoolClass {
  lms: Lms
  placementId: string
  activityId: string
  institutionId: string
  courseId: string
  registrationId: string
  itemId: string
  seats: Seat[]
}

const maxScore = 10

/** A further link to the activity that was placed, with a column of its own, and so many learners who launch it. */
export async function openClass(school: TestSchool, placed: Placed, size: number): Promise<SchoolClass> {
  const { lms } = school
  const sample = lms.state.items.get(placed.itemId)
  if (!sample) throw new Error('the activity is not placed')
  const { courseId: course, title, url, custom } = sample
  const item = lms.addItem({
    course,
    title,
    ...(url ? { url } : {}),
    custom,
    lineItem: { scoreMaximum: maxScore, resourceId: placed.activityId },
  })
  const people = Array.from(
    { length: size },
    () => lms.addPerson({ givenName: 'Lee', familyName: 'Learner', courses: { [course]: 'learner' } }).id,
  )
  let placementId = ''
  for (const person of people) placementId = (await launchAs(school, person, item.id)).data.session.placement.id
  const [place] = await queryAlone<{ institution_id: string; course_id: string; registration_id: string }>(
    `select c.institution_id, p.course_id, s.registration_id from placements p join courses c on c.id = p.course_id
     join placement_services s on s.placement_id = p.id where p.id = $1`,
    [placementId],
  )
  if (!place) throw new Error('the placement takes no scores')
  const known = await queryAlone<{ id: string; external_id: string }>(
    'select id, external_id from people where institution_id = $1 and external_id = any ($2)',
    [place.institution_id, people],
  )
  const seats = known.map(({ id, external_id }) => ({ person: external_id, personId: id, given: [] }))
  const ids = { institutionId: place.institution_id, courseId: place.course_id, registrationId: place.registration_id }
  return { lms, placementId, activityId: placed.activityId, itemId: item.id, ...ids, seats }
}

/** These learners have a new Result each, all told in one transaction. */
export async function handIn(of: SchoolClass, seats: readonly Seat[], chance: Chance): Promise<void> {
  const { institutionId, courseId, placementId, activityId } = of
  const at = now()
  const given: [Seat, Omit<Given, 'revision'>][] = seats.map((seat) => [
    seat,
    { score: newScore(seat, chance), recounted: seat.given.length > 0 && chance.isTrue(0.3) },
  ])
  const events = await transaction(async (tx) => {
    const told: ClosingEvent[] = []
    for (const [{ personId }, { score, recounted }] of given) {
      const attempt = { institutionId, courseId, personId, placementId, activityId } as unknown as Attempt
      const counted = { score, maxScore, attempts: 1, startedAt: at, submittedAt: at, attemptId: randomUUID() }
      told.push(await writeEffective(tx, [attempt], { ...counted, overridden: recounted, comment: null }, at, recounted))
    }
    return recordAll(tx, told)
  })
  given.forEach(([seat, one], place) => {
    const told = events[place]
    if (told && 'revision' in told.data) seat.given.push({ ...one, revision: told.data.revision })
    // What was long ago cannot come back: fewer to look through.
    if (seat.given.length > 60) seat.given.splice(0, 30)
  })
}

/** One that this learner had not before, so that a score tells its revision. */
function newScore(seat: Seat, chance: Chance): number {
  for (;;) {
    const score = chance.whole(1, maxScore * 100) / 100
    if (!seat.given.some((it) => it.score === score)) return score
  }
}
