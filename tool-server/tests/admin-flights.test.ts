// The flight recorder: a refused launch is found by the code on its error page, with the step that failed and its row of the table.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { beginFlight, dropOldFlights, endFlight, flushFlights } from '../src/modules/lti/flight/recorder.ts'
import { operatorOf } from './_admin.ts'
import { callTool, eventually, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, placeSample, rightAnswers } from './_journey.ts'

let school: TestSchool
let ask: Awaited<ReturnType<typeof operatorOf>>['ask']
let itemId: string
beforeAll(async () => {
  school = await startSchool({ env: { LOG_LEVEL: 'silent' } })
  ask = (await operatorOf(school.origin)).ask
  itemId = (await placeSample(school)).itemId
})
afterAll(async () => {
  setClock()
  await school?.stop()
})

const codeOn = (page: string): string => /Support code: <code>([\w-]+)/.exec(page)?.[1] ?? ''
const byCode = async (code: string): Promise<Wire[]> => (await ask('GET', `/api/admin/flights/code/${code}`)).flights
const of = async (which: string): Promise<Wire> => ask('GET', `/api/admin/flights/of/${which}`)

it('a launch that went well is there with its steps and their times, under its deployment', async () => {
  await launchAs(school, 'student1', itemId)
  const { deployments } = await of('all')
  const { flights } = await of(deployments[0].id)
  const flight = flights.find((it: Wire) => it.kind === 'launch')
  expect(flight).toMatchObject({
    outcome: 'ok',
    reason: null,
    platform: { name: expect.any(String) },
    facts: { message: 'resource', role: 'learner' },
  })
  expect(flight.steps.map((it: Wire) => [it.name, it.ok])).toEqual(
    ['token', 'browser', 'registration', 'keys', 'signature', 'claims', 'state', 'landing', 'page'].map((name) => [name, true]),
  )
  expect(Math.abs(flight.facts.skewSeconds)).toBeLessThan(5)
})

it('a launch with a changed signature is found by its support code: signature failed, B25', async () => {
  const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: itemId })
  const token = walk.formFields.id_token ?? ''
  const at = token.length - 20
  const page = await (await walk.launch({ id_token: token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1) })).text()
  const [flight] = await byCode(codeOn(page))
  expect(flight).toMatchObject({ outcome: 'refused', reason: 'signature_invalid', cases: expect.arrayContaining(['B25']) })
  expect(flight.steps.at(-1)).toMatchObject({ name: 'signature', ok: false })
  expect(flight.steps.slice(0, -1).every((it: Wire) => it.ok)).toBe(true)
})

it('a login of an LMS that nobody registered is there too, with the issuer that it named', async () => {
  const fields = { iss: 'https://stranger.example', login_hint: 'h', target_link_uri: `${school.origin}/lti/launch`, client_id: 'c-9' }
  const code = codeOn(await (await fetch(`${school.origin}/lti/login?${new URLSearchParams(fields)}`)).text())
  const [flight] = await byCode(code.toLowerCase())
  expect(flight).toMatchObject({
    kind: 'login',
    reason: 'issuer_unknown',
    cases: ['B04'],
    platform: null,
    facts: { issuer: fields.iss, clientId: 'c-9' },
  })
  expect((await of('unknown')).flights.map((it: Wire) => it.supportCode)).toContain(code)
})

it('the rungs of one login are found together', async () => {
  const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: itemId })
  await (await walk.launch()).text()
  const again = codeOn(await (await walk.launch()).text())
  expect((await byCode(again)).map((it) => [it.outcome, it.reason])).toEqual([
    ['refused', 'state_used'],
    ['ok', null],
  ])
})

it('calls to the LMS are kept without their query, and nothing of a person, a token or an answer is in any of it', async () => {
  const { token, data } = await launchAs(school, 'student2', itemId)
  const { current } = data.player
  const answers = rightAnswers('photosynthesis-and-cell-energy', current.questions)
  const key = '6f1c2c4e-0b7a-4f1e-9d53-0c4a1f8f2b11'
  expect((await callTool(school.origin, token, 'POST', `/api/attempts/${current.id}/submit`, { key, answers })).status).toBe(200)
  await eventually('the score is sent', async () =>
    (await of('all')).flights.some((it: Wire) => it.kind === 'score' && it.outcome === 'ok'),
  )
  const { flights } = await of('all')
  const score = flights.find((it: Wire) => it.kind === 'score')
  expect(score.facts).toMatchObject({
    method: 'POST',
    status: 200,
    path: expect.stringMatching(/\/scores$/),
    host: new URL(school.lms.origin).host,
  })
  expect(flights.find((it: Wire) => it.kind === 'token').facts).toMatchObject({ status: 200, kid: expect.any(String) })
  const all = JSON.stringify(await queryAlone('select f::text from flights f'))
  const person = school.lms.state.people.get('student2') as Wire
  for (const secret of [token, 'eyJ', person?.familyName ?? 'Student', '@', answers[0]?.questionId ?? '']) expect(all).not.toContain(secret)
})

it('two hundred of a deployment stay, and what was refused is not pushed out by what went well', async () => {
  await queryAlone('delete from flights')
  for (let at = 0; at < 250; at++) {
    const flight = beginFlight('launch')
    Object.assign(flight, { registrationId: '6f1c2c4e-0b7a-4f1e-9d53-0c4a1f8f2b11', deploymentId: 'd' })
    endFlight(flight, at < 5 ? 'refused' : 'ok', at < 5 ? 'kid_unknown' : null)
  }
  await flushFlights()
  await dropOldFlights()
  const rows = await queryAlone<{ outcome: string; n: number }>('select outcome, count(*)::int n from flights group by 1 order by 1')
  expect(rows).toEqual([
    { outcome: 'ok', n: 200 },
    { outcome: 'refused', n: 5 },
  ])
})

it('a launch does not wait for the recorder, nor fail with it', async () => {
  await queryAlone('alter table flights rename to flights_away')
  try {
    await launchAs(school, 'student1', itemId)
    await flushFlights()
  } finally {
    await queryAlone('alter table flights_away rename to flights')
  }
})
