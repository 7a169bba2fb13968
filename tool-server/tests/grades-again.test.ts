// Scores that were refused are sent once more when that can help: asked for by a teacher or the learner, when the learner is back on
// the class list, when the column is back; and what is not in the gradebook comes as a table.
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { cellOf } from '../src/kernel/csv.ts'
import { queryAlone, transaction } from '../src/kernel/db.ts'
import { record } from '../src/kernel/events/outbox.ts'
import { callTool, eventually, startSchool, type TestSchool } from './_app.ts'
import { launchAs, type Placed, placeSample, rightAnswers } from './_journey.ts'

let school: TestSchool
let placed: Placed
let lineItem: string
beforeAll(async () => {
  school = await startSchool({ env: { LOG_LEVEL: 'silent' } })
  placed = await placeSample(school)
  lineItem = school.lms.state.items.get(placed.itemId)?.lineItemId ?? ''
})
afterEach(() => school.lms.faults.clear())
afterAll(() => school?.stop())

type Seat = Awaited<ReturnType<typeof newLearner>>

async function newLearner(givenName = 'Lee') {
  const { id: person } = school.lms.addPerson({ givenName, familyName: 'Learner', courses: { '2': 'learner' } })
  const { token, data } = await launchAs(school, person, placed.itemId)
  const { session } = data
  return {
    person,
    token,
    placementId: session.placement.id as string,
    personId: session.person.id as string,
    courseId: session.course.id as string,
  }
}

async function handIn({ token, placementId }: Seat): Promise<number> {
  const { json: attempt } = await callTool(school.origin, token, 'POST', `/api/placements/${placementId}/attempts`)
  const answers = rightAnswers('photosynthesis-and-cell-energy', attempt.questions)
  const { json } = await callTool(school.origin, token, 'POST', `/api/attempts/${attempt.id}/submit`, { key: randomUUID(), answers })
  return json.outcome.score
}

const seenBy = async ({ token, placementId }: Seat) =>
  (await callTool(school.origin, token, 'GET', `/api/placements/${placementId}/player`)).json.result.sync
const comesTo = (seat: Seat, state: string) =>
  eventually(`the student sees ${state}`, async () => (await seenBy(seat)).state === state, 30_000)
const gradeOf = ({ person }: Seat) => school.lms.state.grades.get(`${lineItem} ${person}`)
const refuse = () => {
  school.lms.faults.ags = ({ kind }) => (kind === 'score' ? { status: 403, body: '{"reason":"No permission"}' } : undefined)
}
const asTeacher = (method: string, path: string, body?: unknown) =>
  callTool(school.origin, placed.instructor, method, `/api/placements/${path}`, body)

async function refusedLearner(givenName?: string): Promise<Seat & { score: number }> {
  const seat = await newLearner(givenName)
  refuse()
  const score = await handIn(seat)
  await comesTo(seat, 'refused')
  school.lms.faults.clear()
  return { ...seat, score }
}

it('a teacher has one refused score sent again; nothing stays parked', async () => {
  const seat = await refusedLearner()
  expect(await seenBy(seat)).toMatchObject({ code: 'permission' })
  const asked = await asTeacher('POST', `${seat.placementId}/scores/resend`, { personIds: [seat.personId] })
  expect(asked.json).toEqual({ asked: 1 })
  await comesTo(seat, 'accepted')
  expect(gradeOf(seat)?.score).toBe(seat.score)
  const parked = await queryAlone(
    `select d.id from deliveries d join events e on e.id = d.event_id where d.state = 'parked' and e.person_id = $1`,
    [seat.personId],
  )
  expect(parked).toEqual([])
})

it('a teacher has all that were refused sent again, and a grade that was lost in the LMS put back', async () => {
  const seats = [await refusedLearner(), await refusedLearner()]
  const placementId = seats[0]?.placementId ?? ''
  expect((await asTeacher('POST', `${placementId}/scores/resend`, { personIds: null })).json).toEqual({ asked: 2 })
  for (const seat of seats) await comesTo(seat, 'accepted')
  expect((await asTeacher('POST', `${placementId}/scores/resend`, { personIds: null })).json).toEqual({ asked: 0 })
  const [lost] = seats as [Seat & { score: number }]
  school.lms.state.grades.delete(`${lineItem} ${lost.person}`)
  expect((await asTeacher('POST', `${placementId}/scores/resend`, { personIds: [lost.personId] })).json).toEqual({ asked: 1 })
  await eventually('the grade is back', () => gradeOf(lost)?.score === lost.score)
})

it('a learner may ask for their own only, and not every second; for the others’ they have no say', async () => {
  const seat = await refusedLearner()
  const mine = () => callTool(school.origin, seat.token, 'POST', `/api/placements/${seat.placementId}/scores/mine/resend`)
  expect((await mine()).json).toEqual({ asked: 0 })
  await queryAlone(`update score_ledger set answered_at = answered_at - interval '2 minutes' where person_id = $1`, [seat.personId])
  expect((await mine()).json).toEqual({ asked: 1 })
  await comesTo(seat, 'accepted')
  expect(
    (await callTool(school.origin, seat.token, 'POST', `/api/placements/${seat.placementId}/scores/resend`, { personIds: null })).status,
  ).toBe(403)
  expect((await callTool(school.origin, seat.token, 'GET', `/api/placements/${seat.placementId}/scores/missing`)).status).toBe(403)
})

it('who was not enrolled is tried again when the class list has them', async () => {
  const seat = await newLearner()
  school.lms.dropPerson('2', seat.person)
  await handIn(seat)
  await comesTo(seat, 'refused')
  expect(await seenBy(seat)).toMatchObject({ code: 'person' })
  school.lms.state.courses.get('2')?.members.push({ personId: seat.person, role: 'learner' })
  const [course] = await queryAlone<{ institution_id: string }>('select institution_id from courses where id = $1', [seat.courseId])
  const roster = (added: string[]) =>
    transaction((tx) =>
      record(tx, {
        ...{ name: 'identity.roster.refreshed', institutionId: course?.institution_id ?? '', courseId: seat.courseId, personId: null },
        ...{ placementId: null, data: { people: 9, added, roleChanged: [], left: [] } },
      }),
    )
  await roster([])
  await roster([seat.personId])
  await comesTo(seat, 'accepted')
  expect(gradeOf(seat)?.score).toBeGreaterThan(0)
  expect(school.lms.scores.filter((it) => (it.body as { userId: string }).userId === seat.person)).toHaveLength(2)
})

it('who was not enrolled is tried again when they open the activity', async () => {
  const seat = await newLearner()
  school.lms.dropPerson('2', seat.person)
  await handIn(seat)
  await comesTo(seat, 'refused')
  school.lms.state.courses.get('2')?.members.push({ personId: seat.person, role: 'learner' })
  await queryAlone(`update score_ledger set answered_at = answered_at - interval '1 minute' where person_id = $1`, [seat.personId])
  await launchAs(school, seat.person, placed.itemId)
  await comesTo(seat, 'accepted')
})

it('a column that was gone is filled when a teacher opens the activity and it is back', async () => {
  const seat = await newLearner()
  const column = school.lms.state.lineItems.get(lineItem)
  if (!column) throw new Error('no column')
  school.lms.state.lineItems.delete(lineItem)
  const score = await handIn(seat)
  await comesTo(seat, 'refused')
  expect(await seenBy(seat)).toMatchObject({ code: 'column' })
  school.lms.state.lineItems.set(lineItem, column)
  await queryAlone(`update score_ledger set answered_at = answered_at - interval '1 minute' where person_id = $1`, [seat.personId])
  await launchAs(school, 'teacher1', placed.itemId)
  await comesTo(seat, 'accepted')
  expect(gradeOf(seat)?.score).toBe(score)
})

it('a column that Cuepoint made is made again; the score goes there', async () => {
  const seat = await newLearner()
  await queryAlone('update placement_services set line_item_made = true where placement_id = $1', [seat.placementId])
  school.lms.state.lineItems.delete(lineItem)
  const score = await handIn(seat)
  await comesTo(seat, 'accepted')
  const made = [...school.lms.state.lineItems.values()].at(-1)
  expect(made).toMatchObject({ coupled: false })
  expect(school.lms.state.grades.get(`${made?.id} ${seat.person}`)?.score).toBe(score)
})

it('what is not in the gradebook comes as a table in which no cell is a formula', async () => {
  placed = await placeSample(school)
  lineItem = school.lms.state.items.get(placed.itemId)?.lineItemId ?? ''
  const bad = await refusedLearner('=HYPERLINK("http://x","y")')
  const good = await newLearner()
  await handIn(good)
  await comesTo(good, 'accepted')
  const { json } = await asTeacher('GET', `${bad.placementId}/scores/missing`)
  expect(json.rows).toBe(1)
  const lines = json.csv.trimEnd().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain(`"'=HYPERLINK(""http://x"",""y"") Learner"`)
  expect(lines[1]).toContain(`refused,the LMS does not allow Cuepoint to write this grade: No permission,1,403`)
  expect(json.fileName).toMatch(/^not-in-gradebook-Photosynthesis.*\.csv$/)
  for (const cell of ['=1', '+1', '-1', '@x', '\t=1', ' =1']) expect(cellOf(cell)).toMatch(/^"?'/)
  expect(cellOf(-1)).toBe('-1')
})
