// Grades in a Moodle's gradebook: the newest Result, once, whatever the LMS answers on the way.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claim, type Fault, type FaultCall, type ScoreCall, scope } from '../../fixtures/lms-simulator/index.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { forgetTokens } from '../src/modules/lti/services/access-token.ts'
import { callTool, eventually, launchDataIn, startSchool, type TestSchool } from './_app.ts'
import { launchAs, placeSample, rightAnswers } from './_journey.ts'

let school: TestSchool
/** What goes wrong at a gradebook column; `count` counts its score calls. */
const faults = new Map<string, (call: FaultCall) => Fault | undefined>()
beforeAll(async () => {
  school = await startSchool({ env: { LOG_LEVEL: 'silent' } })
  const counts = new Map<string, number>()
  school.lms.faults.ags = (call) => {
    const key = `${call.kind} ${call.lineItem}`
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return faults.get(call.lineItem ?? call.kind)?.({ ...call, count })
  }
})
afterAll(() => school?.stop())

interface Column {
  itemId: string
  activityId: string
  instructor: string
  lineItem: string
}

let placing: Promise<unknown> = Promise.resolve()

async function newColumn(fault?: (call: FaultCall) => Fault | undefined): Promise<Column> {
  // One after the other: the item is known by being the only new one.
  const place = placing.then(() => placeSample(school))
  placing = place.catch(() => undefined)
  const placed = await place
  const lineItem = school.lms.state.items.get(placed.itemId)?.lineItemId ?? ''
  if (fault) faults.set(lineItem, fault)
  return { ...placed, lineItem }
}

const onScore =
  (first: number, fault: Fault) =>
  ({ kind, count }: FaultCall): Fault | undefined =>
    kind === 'score' && count <= first ? fault : undefined

/** Who sits before an activity, with a placement of their own to hand in at. */
interface Seated {
  token: string
  placementId: string
}

async function sit(column: Column, person = 'student1'): Promise<Seated> {
  const { token, data } = await launchAs(school, person, column.itemId)
  return { token, placementId: data.session.placement.id }
}

/** A whole attempt with so many questions right. Answers with its score. */
async function handIn({ token, placementId }: Seated, right = 99): Promise<number> {
  const { json: attempt } = await callTool(school.origin, token, 'POST', `/api/placements/${placementId}/attempts`)
  const answers = rightAnswers('photosynthesis-and-cell-energy', attempt.questions).slice(0, right)
  const { status, json } = await callTool(school.origin, token, 'POST', `/api/attempts/${attempt.id}/submit`, {
    key: randomUUID(),
    answers,
  })
  expect(status).toBe(200)
  return json.outcome.score
}

async function syncOf({ token, placementId }: Seated): Promise<{ state: string; reason: string | null }> {
  return (await callTool(school.origin, token, 'GET', `/api/placements/${placementId}/player`)).json.result.sync
}
const comesTo = (seat: Seated, state: string, ms = 40_000) =>
  eventually(`the student sees ${state}`, async () => (await syncOf(seat)).state === state, ms)

type Sent = ScoreCall & { body: { timestamp: string; scoreGiven: number; submission?: unknown } }
const sentTo = ({ lineItem }: Column): Sent[] => school.lms.scores.filter((it) => it.lineItem === lineItem) as Sent[]
const gradesIn = ({ lineItem }: Column) => school.lms.gradebook('2').filter((it) => it.lineItem === lineItem && it.score !== null)
const deliveriesTo = ({ placementId }: Seated) =>
  queryAlone<{ state: string }>(
    `select d.state from deliveries d join events e on e.id = d.event_id where d.listener = 'lti.send-score' and e.placement_id = $1`,
    [placementId],
  )

describe.concurrent('what reaches the gradebook', { timeout: 60_000 }, () => {
  it('is the newest of three Results in quick succession, sent under times at least a second apart', async () => {
    const column = await newColumn(({ kind }) => (kind === 'score' ? { delayMs: 100 } : undefined))
    const seat = await sit(column)
    const scores: number[] = []
    for (const right of [1, 2, 99]) {
      scores.push(await handIn(seat, right))
      await eventually('this Result is on its way', () => sentTo(column).some((it) => it.body.scoreGiven === scores.at(-1)))
    }
    await comesTo(seat, 'accepted')
    expect(gradesIn(column).map((it) => it.score)).toEqual([scores.at(-1)])
    const times = sentTo(column).map((it) => Date.parse(it.body.timestamp))
    expect(times).toHaveLength(3)
    const [first = 0, second = 0, third = 0] = times
    expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(1000)
    const [kept] = await queryAlone<{ sent_at: Date }>('select sent_at from score_ledger where placement_id = $1', [seat.placementId])
    expect(kept?.sent_at.getTime()).toBe(third)
    expect(sentTo(column).map((it) => it.status)).toEqual([200, 200, 200])
  })

  it('is the newest, when an older one still waits to be tried again', async () => {
    const column = await newColumn(onScore(1, { status: 503 }))
    const seat = await sit(column)
    await handIn(seat, 1)
    await eventually('the first try failed', () => sentTo(column).length === 1)
    const newest = await handIn(seat)
    await comesTo(seat, 'accepted')
    await eventually('nothing is left to do', async () => (await deliveriesTo(seat)).every((it) => it.state === 'done'))
    expect(sentTo(column).map((it) => [it.status, it.body.scoreGiven])).toEqual([
      [503, 1],
      [200, newest],
    ])
    expect(gradesIn(column).map((it) => it.score)).toEqual([newest])
  })

  it('is a retry under the time of its first try', async () => {
    const column = await newColumn(onScore(2, { status: 500 }))
    const seat = await sit(column)
    await handIn(seat)
    await comesTo(seat, 'accepted')
    expect(sentTo(column).map((it) => it.status)).toEqual([500, 500, 200])
    expect(new Set(sentTo(column).map((it) => it.body.timestamp)).size).toBe(1)
    expect(new Set(sentTo(column).map((it) => JSON.stringify(it.body))).size).toBe(1)
  })

  it.each([
    ['seconds', () => '3'],
    ['a date', () => new Date(Date.now() + 4000).toUTCString()],
  ])('comes no sooner than Retry-After allows, in %s', async (_says, header) => {
    const column = await newColumn(({ kind, count }) =>
      kind === 'score' && count === 1 ? { status: 429, headers: { 'retry-after': header() } } : undefined,
    )
    const seat = await sit(column, 'student2')
    await handIn(seat)
    await comesTo(seat, 'accepted')
    const [refused = 0, taken = 0] = sentTo(column).map((it) => Date.parse(it.at))
    expect(sentTo(column).map((it) => it.status)).toEqual([429, 200])
    expect(taken - refused).toBeGreaterThanOrEqual(2900)
    // Nor is it forgotten.
    expect(taken - refused).toBeLessThan(30_000)
  })

  it.each<[string, Fault]>([
    ['answers 503 for a while', { status: 503, headers: { 'retry-after': '1' } }],
    ['cuts the line', { drop: true }],
    [
      'shows its login page',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '\n<!-- sign in --><html><form>…</form></html>' },
    ],
    ['sends the tool to its login page', { status: 302, headers: { location: 'http://localhost:1/login' } }],
  ])('comes though the LMS %s', async (_says, fault) => {
    const column = await newColumn(onScore(1, fault))
    const seat = await sit(column, 'student2')
    const score = await handIn(seat)
    await comesTo(seat, 'accepted')
    expect(gradesIn(column).map((it) => it.score)).toEqual([score])
    expect(sentTo(column).map((it) => it.accepted)).toEqual([false, true])
  })

  it('is one grade when the LMS takes the score and the answer is lost', async () => {
    const column = await newColumn(onScore(1, { dropAfterStore: true }))
    const seat = await sit(column)
    const score = await handIn(seat)
    await comesTo(seat, 'accepted')
    expect(gradesIn(column).map((it) => it.score)).toEqual([score])
    expect(sentTo(column).map((it) => [it.status, it.accepted])).toEqual([
      [0, true],
      [409, false],
    ])
    expect(school.lms.calls.filter((it) => it.lineItem === column.lineItem && it.kind === 'results')).toHaveLength(1)
  })

  it('is one grade when the answer is lost and Results may not be read', async () => {
    const column = await newColumn(onScore(1, { dropAfterStore: true }))
    const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: column.itemId })
    const claims = JSON.parse(Buffer.from(walk.formFields.id_token?.split('.')[1] ?? '', 'base64url').toString())
    claims[claim.ags].scope = [scope.score, scope.lineItem]
    const page = await (await walk.launch({ id_token: school.lms.platform.signIdToken(claims) })).text()
    const data = launchDataIn(page) as unknown as { token: string; session: { placement: { id: string } } }
    const seat = { token: data.token, placementId: data.session.placement.id }
    const score = await handIn(seat)
    await comesTo(seat, 'accepted')
    expect(gradesIn(column).map((it) => it.score)).toEqual([score])
    expect(school.lms.calls.filter((it) => it.lineItem === column.lineItem && it.kind === 'results')).toEqual([])
  })

  it('is the newest, though the clock of the LMS goes ten minutes ahead', async () => {
    const column = await newColumn()
    const seat = await sit(column)
    await handIn(seat, 1)
    await comesTo(seat, 'accepted')
    const grade = school.lms.state.grades.get(`${column.lineItem} 5`)
    if (!grade?.timeSeconds) throw new Error('no grade')
    grade.timeSeconds += 600
    grade.timestamp = new Date(grade.timeSeconds * 1000).toISOString()
    const newest = await handIn(seat)
    await comesTo(seat, 'accepted')
    expect(gradesIn(column).map((it) => it.score)).toEqual([newest])
  })

  it('goes to /scores before the query of the line item’s address', async () => {
    const column = await newColumn()
    const seat = await sit(column)
    await handIn(seat)
    await comesTo(seat, 'accepted')
    const paths = school.lms.calls.filter((it) => it.lineItem === column.lineItem && it.kind === 'score').map((it) => it.path)
    expect(paths).toEqual([`/mod/lti/services.php/2/lineitems/${column.lineItem}/lineitem/scores?type_id=3`])
  })

  it.each([
    ['best', [3, 1], 0],
    ['last', [3, 1], 1],
  ] as const)('is the Result by the rule “%s”', async (counting, rights, counts) => {
    const column = await newColumn()
    const asked = (method: string, path: string, body?: unknown) =>
      callTool(school.origin, column.instructor, method, `/api/activities/${column.activityId}${path}`, body)
    const { json: draft } = await asked('GET', '')
    const document = { ...draft.document, settings: { ...draft.document.settings, counting } }
    const { json: saved } = await asked('PUT', '/draft', { revision: draft.revision, title: draft.title, document })
    expect((await asked('POST', '/publish', { revision: saved.revision })).status).toBe(200)
    const seat = await sit(column)
    const scores: number[] = []
    for (const right of rights) {
      scores.push(await handIn(seat, right))
      await comesTo(seat, 'accepted')
    }
    expect(scores[0]).not.toBe(scores[1])
    expect(gradesIn(column).map((it) => it.score)).toEqual([scores[counts]])
  })
})

describe.concurrent('nothing is sent', { timeout: 60_000 }, () => {
  it('for an activity that the LMS keeps no grades of', async () => {
    const item = school.lms.addItem({ course: '2', title: 'Ungraded', lineItem: null })
    const { instructor, activityId } = await newColumn()
    const teacher = await launchAs(school, 'teacher1', item.id)
    const { id } = teacher.data.session.placement
    const pointed = await callTool(school.origin, teacher.token, 'PUT', `/api/placements/${id}/activity`, { activityId })
    expect(pointed.status).toBe(200)
    const seat = await sit({ itemId: item.id, activityId, instructor, lineItem: '' })
    await handIn(seat)
    expect(await syncOf(seat)).toEqual({ state: 'none', reason: null, at: null })
    expect(await deliveriesTo(seat)).toEqual([])
    const overview = await callTool(school.origin, teacher.token, 'GET', `/api/placements/${id}/overview`)
    expect([overview.json.takesScores, (await launchAs(school, 'teacher1', item.id)).data.overview.takesScores]).toEqual([false, false])
  })

  it('for an instructor’s own attempt', async () => {
    const column = await newColumn()
    const seat = await sit(column, 'teacher1')
    await handIn(seat)
    expect(await deliveriesTo(seat)).toEqual([])
    expect(await queryAlone('select from results where placement_id = $1', [seat.placementId])).toEqual([])
    const learner = await sit(column)
    await handIn(learner)
    await comesTo(learner, 'accepted')
    expect(sentTo(column)).toHaveLength(1)
  })
})

describe('access tokens', { timeout: 60_000 }, () => {
  it('are renewed once when the LMS no longer takes one', async () => {
    const column = await newColumn()
    const seats = await Promise.all(['student1', 'student2', 'student3'].map((person) => sit(column, person)))
    await handIn(seats[0] as Seated, 1)
    await comesTo(seats[0] as Seated, 'accepted')
    const before = school.lms.tokenRequests
    school.lms.platform.expireTokens()
    await Promise.all(seats.map((seat) => handIn(seat)))
    for (const seat of seats) await comesTo(seat, 'accepted')
    expect(school.lms.tokenRequests - before).toBe(1)
    const late = sentTo(column).slice(1)
    expect(late.filter((it) => it.accepted)).toHaveLength(3)
    expect(new Set(late.filter((it) => !it.accepted).map((it) => it.status))).toEqual(new Set([401]))
  })

  it('are asked for once by 32 scores that find none, and none is lost', async () => {
    const column = await newColumn()
    const people = Array.from({ length: 32 }, (_, n) =>
      school.lms.addPerson({ givenName: 'Learner', familyName: `${n}`, courses: { '2': 'learner' } }),
    )
    const seats: Seated[] = []
    for (let at = 0; at < 32; at += 8) seats.push(...(await Promise.all(people.slice(at, at + 8).map(({ id }) => sit(column, id)))))
    school.lms.platform.expireTokens()
    forgetTokens()
    await queryAlone('delete from access_tokens')
    const before = school.lms.tokenRequests
    await Promise.all(seats.map((seat) => handIn(seat)))
    await eventually('all 32 stand in the gradebook', () => gradesIn(column).length === 32, 40_000)
    expect(school.lms.tokenRequests - before).toBe(1)
    expect(sentTo(column)).toHaveLength(32)
  })

  it('that the LMS gives for scores only still leave one grade when an answer is lost', async () => {
    const column = await newColumn(onScore(1, { dropAfterStore: true }))
    faults.set('token', ({ body }) =>
      decodeURIComponent(body ?? '').includes('result.readonly')
        ? { status: 400, headers: { 'content-type': 'application/json' }, body: '{"error":"invalid_scope"}' }
        : undefined,
    )
    forgetTokens()
    await queryAlone('delete from access_tokens')
    const seat = await sit(column)
    const score = await handIn(seat)
    await comesTo(seat, 'accepted')
    expect(gradesIn(column).map((it) => it.score)).toEqual([score])
    faults.delete('token')
  })
})
