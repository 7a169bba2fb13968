// Work that is interrupted: two tabs, an activity deleted while it is open, a session that ends in the middle. Nothing is lost.
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { callTool, eventually, startSchool, type TestSchool } from './_app.ts'
import { launchAs, placeSample, rightAnswers, type Seat } from './_journey.ts'

let school: TestSchool
beforeAll(async () => {
  school = await startSchool({ env: { LOG_LEVEL: 'silent', SESSION_HOURS: '1' } })
})
afterEach(() => setClock())
afterAll(() => school?.stop())

const answersOf = ({ data }: Seat, seq = 1) =>
  rightAnswers('photosynthesis-and-cell-energy', data.player.current.questions).map((it) => ({ ...it, seq }))
const save = ({ token, data }: Seat, answers: unknown[]) =>
  callTool(school.origin, token, 'PUT', `/api/attempts/${data.player.current.id}/answers`, { answers })
const submit = ({ token, data }: Seat, answers: unknown[], key: string = randomUUID()) =>
  callTool(school.origin, token, 'POST', `/api/attempts/${data.player.current.id}/submit`, { key, answers })
const stored = ({ data }: Seat) =>
  queryAlone<{ question_id: string }>('select question_id, seq, value from answers where attempt_id = $1 order by question_id', [
    data.player.current.id,
  ])

describe('two tabs', () => {
  it('launched at once have one attempt, and what is answered in either counts', async () => {
    const { itemId } = await placeSample(school)
    const [one, two] = (await Promise.all([launchAs(school, 'student1', itemId), launchAs(school, 'student1', itemId)])) as [Seat, Seat]
    expect(one.token).not.toBe(two.token)
    expect(two.data.player.current.id).toBe(one.data.player.current.id)
    const answers = answersOf(one)
    const saved = await Promise.all([save(one, answers.slice(0, 4)), save(two, answers.slice(4))])
    expect(saved.map((it) => it.status)).toEqual([200, 200])
    const { json } = await submit(two, [])
    expect(json.outcome.score).toBe(one.data.player.current.maxScore)
  })

  it('that answer the same question keep the later one, in whatever order they arrive', async () => {
    const { itemId } = await placeSample(school)
    const one = await launchAs(school, 'student2', itemId)
    const two = await launchAs(school, 'student2', itemId)
    const question = one.data.player.current.questions.find((it: { kind: string }) => it.kind === 'short-text')
    const said = (text: string, seq: number) => [{ questionId: question.id, seq, value: { kind: 'short-text', text } }]
    await save(two, said('later', 7))
    const { json } = await save(one, said('earlier', 6))
    expect(json.saved).toEqual([{ questionId: question.id, seq: 7 }])
    expect(await stored(one)).toMatchObject([{ seq: 7, value: { text: 'later' } }])
    // Handing in with an older answer takes nothing back.
    await submit(one, said('earliest', 5))
    expect(await stored(one)).toMatchObject([{ seq: 7, value: { text: 'later' } }])
  })

  it('that hand in at once, fifty times over, make one attempt and one grade', async () => {
    const { itemId } = await placeSample(school)
    const one = await launchAs(school, 'student3', itemId)
    const two = await launchAs(school, 'student3', itemId)
    const keys = [randomUUID(), randomUUID()]
    const all = await Promise.all(Array.from({ length: 50 }, (_, n) => submit(n % 2 ? one : two, answersOf(one), keys[n % 2])))
    expect(all.filter((it) => it.status === 200)).toHaveLength(25)
    expect(new Set(all.filter((it) => it.status !== 200).map((it) => it.json.code))).toEqual(new Set(['attempt_key_differs']))
    const lineItem = school.lms.state.items.get(itemId)?.lineItemId
    await eventually('the grade stands in the LMS', () => school.lms.scores.some((it) => it.lineItem === lineItem))
    expect(await queryAlone('select revision from results where placement_id = $1', [one.data.session.placement.id])).toEqual([
      { revision: 1 },
    ])
    expect(school.lms.scores.filter((it) => it.lineItem === lineItem)).toHaveLength(1)
  })
})

describe('an activity deleted while a student has it open', () => {
  it('says so, keeps what was answered, and sends no grade', async () => {
    const { itemId, activityId, instructor } = await placeSample(school)
    const seat = await launchAs(school, 'student1', itemId)
    expect((await save(seat, answersOf(seat).slice(0, 3))).status).toBe(200)
    const before = await stored(seat)
    expect((await callTool(school.origin, instructor, 'DELETE', `/api/activities/${activityId}`)).status).toBe(200)
    const { placement } = seat.data.session
    const gone = [
      await save(seat, answersOf(seat, 2)),
      await submit(seat, answersOf(seat, 2)),
      await callTool(school.origin, seat.token, 'GET', `/api/placements/${placement.id}/player`),
      await callTool(school.origin, seat.token, 'POST', `/api/placements/${placement.id}/attempts`),
    ]
    for (const { status, json } of gone)
      expect({ status, code: json.code, supportCode: json.supportCode }).toEqual({
        status: 410,
        code: 'activity_deleted',
        supportCode: expect.any(String),
      })
    expect(await stored(seat)).toEqual(before)
    expect(await queryAlone('select from results where placement_id = $1', [placement.id])).toEqual([])
    const { json: attempt } = await callTool(school.origin, seat.token, 'GET', `/api/attempts/${seat.data.player.current.id}`)
    expect(attempt).toMatchObject({ state: 'open', answers: { length: 3 } })
  })

  it('answers a new launch with a page that says what happened, and the instructor with an overview', async () => {
    const { itemId, activityId, instructor } = await placeSample(school)
    await launchAs(school, 'student1', itemId)
    await callTool(school.origin, instructor, 'DELETE', `/api/activities/${activityId}`)
    const walk = await school.lms.journey.walkLaunch({ person: 'student2', item: itemId, launch: true })
    const page = (await walk.response?.text()) ?? ''
    expect(walk.response?.status).toBe(410)
    expect(page).toMatch(/deleted by its teacher/)
    expect(page).toMatch(/Support code/)
    const teacher = await launchAs(school, 'teacher1', itemId)
    expect(teacher.data).toMatchObject({ island: 'overview', overview: { activity: null } })
  })
})

describe('a session that ends in the middle of an attempt', () => {
  it('refuses what comes then, and the next launch goes on with every answer', async () => {
    const { itemId } = await placeSample(school)
    const seat = await launchAs(school, 'student2', itemId)
    expect((await save(seat, answersOf(seat).slice(0, 3))).status).toBe(200)
    setClock(() => Date.now() + 61 * 60_000)
    for (const late of [await save(seat, answersOf(seat, 2)), await submit(seat, answersOf(seat, 2))])
      expect(late).toMatchObject({ status: 401, json: { code: 'session_expired' } })
    expect(await stored(seat)).toHaveLength(3)
    // The clock of the LMS stands: the launch is the browser's, an hour on.
    setClock()
    await queryAlone('update sessions set expires_at = now() where id = $1', [seat.data.session.id])
    const again = await launchAs(school, 'student2', itemId)
    expect(again.data.player.current.id).toBe(seat.data.player.current.id)
    expect(again.data.player.current.answers).toHaveLength(3)
    expect((await save(again, answersOf(again, 2).slice(3))).status).toBe(200)
    const { json } = await submit(again, [])
    expect(json.outcome.score).toBe(seat.data.player.current.maxScore)
    expect((await callTool(school.origin, seat.token, 'GET', '/api/session')).status).toBe(401)
  })
})
