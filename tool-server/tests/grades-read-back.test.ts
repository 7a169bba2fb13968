// What the LMS accepted is looked for in its gradebook afterwards; and a score that never left is a first one when it does.
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { readBack } from '../src/modules/lti/services/reading-back.ts'
import { callTool, eventually, freePort, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, type Placed, placeSample, rightAnswers } from './_journey.ts'

const sample = 'photosynthesis-and-cell-energy'
let school: TestSchool
let placed: Placed

beforeAll(async () => {
  school = await startSchool({ profile: 'canvas', env: { LOG_LEVEL: 'silent' } })
  // It looks when the tests say so, and not by its own clock.
  await queryAlone(
    `insert into schedule_runs (name, last_run_at) values ($1, now() + interval '1 day') on conflict (name) do update set last_run_at = excluded.last_run_at`,
    [readBack.name],
  )
})
afterAll(() => school?.stop())
afterEach(() => school.lms.faults.clear())

interface Seat {
  person: string
  personId: string
  placementId: string
  token: string
  attempt: Wire
}
async function newLearner(): Promise<Seat> {
  const { id: person } = school.lms.addPerson({ givenName: 'Lee', familyName: 'Learner', courses: { '2': 'learner' } })
  const { token, data } = await launchAs(school, person, placed.itemId)
  return { person, token, personId: data.session.person.id, placementId: data.session.placement.id, attempt: data.player.current }
}
async function handIn({ token, attempt }: Seat): Promise<void> {
  const body = { key: randomUUID(), answers: rightAnswers(sample, attempt.questions) }
  expect((await callTool(school.origin, token, 'POST', `/api/attempts/${attempt.id}/submit`, body)).status).toBe(200)
}
const ledger = async ({ personId }: Seat): Promise<Wire> =>
  (await queryAlone('select state, read_tries, last_answer, attempts, maybe_stored from score_ledger where person_id = $1', [personId]))[0]
const comesTo = (seat: Seat, state: string) => eventually(`the score is ${state}`, async () => (await ledger(seat))?.state === state)
async function accepted(): Promise<Seat> {
  const seat = await newLearner()
  await handIn(seat)
  await comesTo(seat, 'accepted')
  return seat
}
/** As if they had been accepted so long ago. */
const later = (hours: number) => queryAlone(`update score_ledger set answered_at = answered_at - $1::int * interval '1 hour'`, [hours])
const asked = () => school.lms.calls.filter((it) => it.kind === 'results').length

describe('a score that was accepted', () => {
  beforeAll(async () => {
    placed = await placeSample(school, sample)
  })

  it('is read back after a moment, once, and the learner sees no difference', async () => {
    const seat = await accepted()
    const before = asked()
    await readBack.run()
    expect(await ledger(seat), 'too early').toMatchObject({ state: 'accepted', read_tries: 0 })
    expect(asked()).toBe(before)
    await later(1)
    await readBack.run()
    expect(await ledger(seat)).toMatchObject({ state: 'read_back', last_answer: 'the gradebook holds this score' })
    expect(asked()).toBe(before + 1)
    await later(9)
    await readBack.run()
    expect(asked()).toBe(before + 1)
    const { json } = await callTool(school.origin, seat.token, 'GET', `/api/placements/${seat.placementId}/player`)
    expect(json.result.sync).toMatchObject({ state: 'accepted', seen: 'same' })
  })

  it('is read with all of its column in one call', async () => {
    const seats: Seat[] = []
    for (let n = 0; n < 8; n++) seats.push(await accepted())
    const before = asked()
    await later(1)
    await readBack.run()
    expect(asked()).toBe(before + 1)
    for (const seat of seats) expect((await ledger(seat)).state).toBe('read_back')
  })

  it('and changed by a teacher in the LMS is looked for three times, said so in the ledger, and left alone', async () => {
    const seat = await accepted()
    const lineItem = school.lms.state.items.get(placed.itemId)?.lineItemId ?? ''
    school.lms.gradeByHand(lineItem, seat.person, 1)
    const before = asked()
    for (let n = 0; n < 5; n++) {
      await later(9)
      await readBack.run()
    }
    expect(asked()).toBe(before + 3)
    expect(await ledger(seat)).toMatchObject({ state: 'accepted', read_tries: 3, last_answer: 'the gradebook shows another score' })
    expect(school.lms.state.grades.get(`${lineItem} ${seat.person}`)?.score).toBe(1)
    const { json } = await callTool(school.origin, seat.token, 'GET', `/api/placements/${seat.placementId}/player`)
    expect(json.result.sync).toMatchObject({ state: 'accepted', seen: 'other' })
  })

  it.each<[string, Wire, number]>([
    ['is busy', { status: 503 }, 0],
    ['cuts the line', { drop: true }, 0],
    ['does not allow it', { status: 403, body: 'no' }, 1],
    ['answers with something else', { status: 200, headers: {}, body: '{"a":1}' }, 1],
  ])('where the LMS %s stays accepted', async (_says, fault, tries) => {
    const seat = await accepted()
    await later(1)
    school.lms.faults.ags = ({ kind }) => (kind === 'results' ? fault : undefined)
    await readBack.run()
    expect(await ledger(seat)).toMatchObject({ state: 'accepted', read_tries: tries })
    school.lms.faults.clear()
    await later(9)
    await readBack.run()
    expect((await ledger(seat)).state).toBe('read_back')
  })
})

describe('In Canvas, a score whose first try', () => {
  const submission = 'https://canvas.instructure.com/lti/submission'
  beforeAll(async () => {
    placed = await placeSample(school, sample)
  })
  /** As if the time of the next try had come. */
  const hurry = () => queryAlone(`update deliveries set due_at = now() where state = 'due' and due_at > now()`)
  const tried = (seat: Seat) =>
    eventually('it was tried', async () => {
      const row = await ledger(seat)
      return row?.state === 'waiting' && row.attempts > 0
    })
  async function arrived(seat: Seat): Promise<Wire> {
    await eventually('the score is in the gradebook', async () => {
      await hurry()
      return (await ledger(seat)).state === 'accepted'
    })
    const sent = school.lms.scores.filter((it) => (it.body as Wire).userId === seat.person)
    const { body } = sent.at(-1) as { body: Wire }
    return body[submission]
  }

  it('found no connection is a submission of its own when it comes', async () => {
    const seat = await newLearner()
    const [known] = await queryAlone<Wire>('select line_item_url from placement_services where placement_id = $1', [seat.placementId])
    const point = (url: string) =>
      queryAlone('update placement_services set line_item_url = $2 where placement_id = $1', [seat.placementId, url])
    await point(`http://localhost:${await freePort()}/line_items/1`)
    await handIn(seat)
    await tried(seat)
    expect((await ledger(seat)).maybe_stored).toBe(false)
    await point(known.line_item_url)
    expect((await arrived(seat)).new_submission).toBeUndefined()
  })

  it('got no access token is a submission of its own when it comes', async () => {
    const seat = await newLearner()
    school.lms.platform.expireTokens()
    school.lms.faults.ags = ({ kind }) => (kind === 'token' ? { drop: true } : kind === 'score' ? { status: 401 } : undefined)
    await handIn(seat)
    await tried(seat)
    expect((await ledger(seat)).maybe_stored).toBe(false)
    school.lms.faults.clear()
    expect((await arrived(seat)).new_submission).toBeUndefined()
  })

  it('was cut off may be there already, and is no new submission when it comes', async () => {
    const seat = await newLearner()
    school.lms.faults.ags = ({ kind }) => (kind === 'score' ? { dropAfterStore: true } : undefined)
    await handIn(seat)
    await tried(seat)
    expect((await ledger(seat)).maybe_stored).toBe(true)
    school.lms.faults.clear()
    expect((await arrived(seat)).new_submission).toBe(false)
  })
})
