// Brightspace makes no gradebook column for a link by itself (fact 32): Cuepoint makes it when an activity is behind the link, one for
// each placement, whatever the LMS does meanwhile.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { callTool, eventually, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, placeSample, rightAnswers, type Seat } from './_journey.ts'

const sample = 'photosynthesis-and-cell-energy'
let school: TestSchool
let activityId = ''
let number = 0

async function open(profile: 'brightspace' | 'moodle'): Promise<void> {
  school = await startSchool({ profile, env: { LOG_LEVEL: 'silent' } })
  activityId = (await placeSample(school, sample)).activityId
}
afterEach(() => school.lms.faults.clear())

/** A link that came without a column. */
function link(custom: Record<string, string> = { cuepoint_activity_id: activityId }): string {
  return school.lms.addItem({ course: '2', title: `Leaves ${number++}`, url: `${school.origin}/lti/activities/${activityId}`, custom }).id
}
const columnsOf = (itemId: string) => [...school.lms.state.lineItems.values()].filter((it) => it.resourceLinkId === itemId)
const overviewOf = async (seat: Seat): Promise<Wire> =>
  (await callTool(school.origin, seat.token, 'GET', `/api/placements/${seat.data.session.placement.id}/overview`)).json
async function handIn(seat: Seat): Promise<void> {
  const { id, questions } = seat.data.player.current
  const body = { key: crypto.randomUUID(), answers: rightAnswers(sample, questions) }
  expect((await callTool(school.origin, seat.token, 'POST', `/api/attempts/${id}/submit`, body)).status).toBe(200)
}
/** As if the time of the next try had come. */
const hurry = () => queryAlone(`update deliveries set due_at = now() where state = 'due' and due_at > now()`)
async function gradeComesTo(itemId: string, person: string): Promise<void> {
  await eventually('the score is in the gradebook', async () => {
    await hurry()
    const [column] = columnsOf(itemId)
    return column !== undefined && school.lms.state.grades.get(`${column.id} ${person}`)?.score != null
  })
}
const idOf = (username: string) => [...school.lms.state.people.values()].find((it) => it.username === username)?.id ?? ''

describe('Brightspace', () => {
  beforeAll(() => open('brightspace'))
  afterAll(() => school?.stop())

  it('gets the column at the first launch, before any score, and only one however many come', async () => {
    const itemId = link()
    const teacher = await launchAs(school, 'teacher1', itemId)
    await eventually('the column is made', async () => (await overviewOf(teacher)).takesScores)
    const maxScore = (await overviewOf(teacher)).activity.maxScore
    expect(columnsOf(itemId)).toMatchObject([
      { label: school.lms.state.items.get(itemId)?.title, scoreMaximum: maxScore, resourceId: activityId },
    ])
    const seats = await Promise.all(['student1', 'student2', 'student3'].map((who) => launchAs(school, who, itemId)))
    expect((await overviewOf(teacher)).takesScores).toBe(true)
    for (const seat of seats) await handIn(seat)
    for (const who of ['student1', 'student2', 'student3']) await gradeComesTo(itemId, idOf(who))
    expect(columnsOf(itemId)).toHaveLength(1)
  })

  it('gets it when the teacher chooses the activity for an empty link', async () => {
    const itemId = school.lms.addItem({ course: '2', title: 'Empty', url: `${school.origin}/lti/launch` }).id
    const teacher = await launchAs(school, 'teacher1', itemId)
    expect((await overviewOf(teacher)).activity).toBeNull()
    expect(columnsOf(itemId)).toEqual([])
    const path = `/api/placements/${teacher.data.session.placement.id}/activity`
    expect((await callTool(school.origin, teacher.token, 'PUT', path, { activityId })).status).toBe(200)
    await eventually('the column is made', async () => (await overviewOf(teacher)).takesScores)
    expect(columnsOf(itemId)).toHaveLength(1)
  })

  it('that could not make it then, gets it with the first score; no score is lost, and there is one column', async () => {
    const itemId = link()
    let away = true
    school.lms.faults.ags = ({ kind }) => (away && kind === 'lineItems.create' ? { status: 503 } : undefined)
    const seat = await launchAs(school, 'student1', itemId)
    await handIn(seat)
    await eventually('it was tried', () => school.lms.calls.some((it) => it.kind === 'lineItems.create' && it.status === 503))
    away = false
    await gradeComesTo(itemId, idOf('student1'))
    expect(columnsOf(itemId)).toHaveLength(1)
  })

  it('says 403 of who is not enrolled (fact 30): that waits for the class list, and is no missing permission', async () => {
    const itemId = link()
    const person = school.lms.addPerson({ givenName: 'Lee', familyName: 'Learner', courses: { '2': 'learner' } })
    const seat = await launchAs(school, person.id, itemId)
    const teacher = await launchAs(school, 'teacher1', itemId)
    await eventually('the column is made', async () => (await overviewOf(teacher)).takesScores)
    school.lms.dropPerson('2', person.id)
    await handIn(seat)
    const rowOf = async (): Promise<Wire> =>
      (await overviewOf(teacher)).learners.find((it: Wire) => it.personId === seat.data.session.person.id)?.result?.sync
    await eventually('it is refused', async () => {
      await hurry()
      return (await rowOf())?.state === 'refused'
    })
    expect(await rowOf()).toMatchObject({ code: 'person', reason: expect.stringMatching(/may not be a student/) })
    school.lms.state.courses.get('2')?.members.push({ personId: person.id, role: 'learner' })
    // What was answered a moment ago is not asked again at a launch.
    await queryAlone("update score_ledger set answered_at = answered_at - interval '1 minute'")
    await launchAs(school, person.id, itemId)
    await gradeComesTo(itemId, person.id)
  })

  it('whose answer was lost is not asked for a second one', async () => {
    const itemId = link()
    let once = true
    school.lms.faults.ags = ({ kind }) => {
      if (kind !== 'lineItems.create' || !once) return undefined
      once = false
      return { dropAfterStore: true }
    }
    const seat = await launchAs(school, 'student2', itemId)
    await handIn(seat)
    await gradeComesTo(itemId, idOf('student2'))
    expect(columnsOf(itemId)).toHaveLength(1)
  })

  it('is not asked where the link was placed without points, and a link that has one keeps it', async () => {
    const without = link({ cuepoint_activity_id: activityId, cuepoint_points: '0' })
    const teacher = await launchAs(school, 'teacher1', without)
    const placed = await placeSample(school, sample)
    const [own] = columnsOf(placed.itemId)
    await launchAs(school, 'teacher1', placed.itemId)
    await eventually('both were looked at', async () => {
      await hurry()
      const waiting = await queryAlone(`select 1 from deliveries where listener = 'lti.make-column' and state = 'due'`)
      return waiting.length === 0
    })
    expect(columnsOf(without)).toEqual([])
    expect((await overviewOf(teacher)).takesScores).toBe(false)
    expect(columnsOf(placed.itemId)).toEqual([own])
  })
})

describe('Moodle, which makes columns itself', () => {
  beforeAll(() => open('moodle'))
  afterAll(() => school?.stop())

  it('is not asked for one where the teacher wants none', async () => {
    const itemId = link()
    const teacher = await launchAs(school, 'teacher1', itemId)
    const seat = await launchAs(school, 'student1', itemId)
    await handIn(seat)
    await eventually('it was looked at', async () => {
      const waiting = await queryAlone(`select 1 from deliveries where listener = 'lti.make-column' and state = 'due'`)
      return waiting.length === 0
    })
    expect(columnsOf(itemId)).toEqual([])
    expect((await overviewOf(teacher)).takesScores).toBe(false)
  })
})
