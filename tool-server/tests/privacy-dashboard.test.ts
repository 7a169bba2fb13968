// Dashboards without names, who looked at whom, and what an institution no longer wants to keep.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { retain } from '../src/app/privacy/retention.ts'
import { setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { operatorOf } from './_admin.ts'
import { callTool, eventually, launchDataIn, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, placeSample, rightAnswers, type Seat } from './_journey.ts'

const sample = 'photosynthesis-and-cell-energy'
let school: TestSchool
let admin: Awaited<ReturnType<typeof operatorOf>>
let itemId: string
let placementId: string
let institutionId: string
let teacher: Seat
const learners: Seat[] = []

beforeAll(async () => {
  school = await startSchool({ env: { LOG_LEVEL: 'silent' } })
  admin = await operatorOf(school.origin)
  itemId = (await placeSample(school, sample)).itemId
  for (const familyName of ['Aaronson', 'Bertolini', 'Christensen', 'Dombrowski', 'Eriksson']) learners.push(await works(familyName))
  teacher = await launchAs(school, 'teacher1', itemId)
  placementId = teacher.data.session.placement.id
  institutionId = (await queryAlone<{ id: string }>('select id from institutions'))[0]?.id ?? ''
  await eventually('all was counted', async () => (await dashboard()).version.attempts === learners.length, 60_000)
}, 120_000)
afterAll(async () => {
  setClock()
  await school?.stop()
})

async function works(familyName: string): Promise<Seat> {
  const { id: person } = school.lms.addPerson({ givenName: 'Ada', familyName, courses: { '2': 'learner' } })
  const seat = await launchAs(school, person, itemId)
  const { id, questions } = seat.data.player.current
  const answers = rightAnswers(sample, questions)
  const done = await callTool(school.origin, seat.token, 'POST', `/api/attempts/${id}/submit`, { key: randomUUID(), answers })
  if (done.status !== 200) throw new Error(done.text)
  return seat
}

const ask = (path: string, { token } = teacher) => callTool(school.origin, token, 'GET', `/api/placements/${placementId}/${path}`)
const dashboard = async (as = '', seat = teacher): Promise<Wire> => (await ask(`insight/latest${as}`, seat)).json
const numbered = '?as=pseudonyms'
const names = () => queryAlone<Wire>(`select id, name, family_name, external_id from people where name <> ''`)
const looks = async (text = ''): Promise<Wire[]> =>
  (await admin.ask('POST', '/api/admin/looks', { institutionId, text, before: null })).looks

async function expectNobody(text: string): Promise<void> {
  for (const one of await names())
    for (const word of [one.id, one.name, one.family_name]) expect(text.includes(word), `${word} was sent`).toBe(false)
}

describe('A dashboard without names', () => {
  it('sends numbers, and neither names nor ids by which somebody is known elsewhere', async () => {
    const answer = await ask(`insight/latest${numbered}`)
    expect(answer.json.naming).toBe('pseudonyms')
    const numbers = answer.json.learners.map((it: Wire) => it.number)
    expect(numbers).toEqual([...numbers].sort((a: number, b: number) => a - b))
    expect(new Set(numbers).size).toBe(answer.json.learners.length)
    await expectNobody(answer.text)
    const csv = await ask(`insight/latest/csv/class${numbered}`)
    expect(csv.json.csv).toContain('Learner 1,')
    await expectNobody(csv.text)
  })

  it('tells one learner’s story by the number, and nobody’s by the id that other pages know', async () => {
    const one = (await dashboard(numbered)).learners.find((it: Wire) => it.state === 'finished')
    const story = await ask(`learners/${one.personId}/story${numbered}`)
    expect(story.json).toMatchObject({ number: one.number, name: '' })
    expect(story.json.timeline.length).toBeGreaterThan(1)
    await expectNobody(story.text)
    const csv = await ask(`learners/${one.personId}/story/csv${numbered}`)
    expect(csv.json.fileName).toMatch(new RegExp(`^Learner ${one.number} story`))
    await expectNobody(csv.text)
    const known = learners[0]?.data.session.person.id
    expect((await ask(`learners/${known}/story${numbered}`)).status).toBe(404)
    expect((await ask(`learners/${one.personId}/story`)).status).toBe(404)
  })

  it('keeps the numbers for the session, also when somebody joins; another session has others', async () => {
    const before = (await dashboard(numbered)).learners
    await works('Fitzgerald')
    await eventually('the new one is counted', async () => (await dashboard(numbered)).learners.length === before.length + 1)
    const after = new Map((await dashboard(numbered)).learners.map((it: Wire) => [it.personId, it.number]))
    for (const one of before) expect(after.get(one.personId)).toBe(one.number)
    const later = await launchAs(school, 'teacher1', itemId)
    const elsewhere = (await dashboard(numbered, later)).learners
    expect(elsewhere.filter((it: Wire) => after.has(it.personId))).toEqual([])
    expect((await ask(`learners/${before[0].personId}/story${numbered}`, later)).status).toBe(404)
  })

  it('is the only one where the institution wants it so', async () => {
    const settings = { workMonths: null, recordMonths: null, pseudonyms: true }
    await admin.ask('POST', '/api/admin/privacy/settings', { institutionId, settings })
    const tables = ['funnel', 'scores', 'sync', 'class', 'questions', 'given', 'video', 'cues', 'speeds'].map(
      (it) => `insight/latest/csv/${it}`,
    )
    const reports = ['advice-report', 'advice-report/csv/given', 'advice-report/csv/effects']
    for (const path of ['insight/latest', 'insight/latest?as=names', ...tables, ...reports]) {
      const { status, text } = await ask(path)
      expect(status, path).toBe(200)
      await expectNobody(text)
    }
    expect((await dashboard()).naming).toBe('always-pseudonyms')
    const known = learners[0]?.data.session.person.id
    for (const path of ['story', 'story/csv']) expect((await ask(`learners/${known}/${path}`)).status).toBe(404)
    await admin.ask('POST', '/api/admin/privacy/settings', { institutionId, settings: { ...settings, pseudonyms: false } })
    expect((await dashboard()).naming).toBe('names')
  })
})

describe('Lists and pages of learners, where the institution withholds names', () => {
  const settings = { workMonths: null, recordMonths: null, pseudonyms: true }
  const withhold = (pseudonyms: boolean) =>
    admin.ask('POST', '/api/admin/privacy/settings', { institutionId, settings: { ...settings, pseudonyms } })
  const named = () => learners[0]?.data.session.person.id
  const refused = { status: 403, json: { code: 'names_withheld' } }

  it('have the numbers of the dashboard, and nothing by which somebody is known elsewhere; also the launch', async () => {
    await queryAlone('delete from looks')
    await withhold(true)
    const seat = await launchAs(school, 'teacher1', itemId)
    const { overview, session } = seat.data
    await expectNobody(JSON.stringify(overview))
    const answer = await ask('overview', seat)
    expect(answer.json.naming).toBe('withheld')
    await expectNobody(answer.text)
    const attempts = await queryAlone<Wire>('select id from attempts')
    for (const { id } of attempts) expect(answer.text).not.toContain(id)
    const numbers = answer.json.learners.map((it: Wire) => it.number)
    expect(numbers).toEqual(numbers.map((_: unknown, at: number) => at + 1))
    const shown = new Map((await dashboard('', seat)).learners.map((it: Wire) => [it.number, it.share]))
    for (const one of answer.json.learners) expect(shown.get(one.number)).toBe(one.result ? one.result.score / one.result.maxScore : null)
    expect(session.role).toBe('instructor')
    for (const path of [`learners/${named()}`, 'roster-csv', 'scores/missing']) expect(await ask(path, seat), path).toMatchObject(refused)
    for (const [method, path, body] of [
      ['PUT', `learners/${named()}/override`, { score: 1, comment: null }],
      ['DELETE', `learners/${named()}/override`, undefined],
      ['PUT', `learners/${named()}/allowance`, { extraAttempts: 1, extraSeconds: 0 }],
    ] as const)
      expect(await callTool(school.origin, seat.token, method, `/api/placements/${placementId}/${path}`, body), path).toMatchObject(refused)
    const attemptId = learners[0]?.data.player.current.id
    for (const path of [`/api/attempts/${attemptId}`, '/xapi/statements'])
      expect(await callTool(school.origin, seat.token, 'GET', path), path).toMatchObject(refused)
    expect(await looks()).toEqual([])
  })

  it('have names for the session of a teacher who asks for them, to grade by hand; that is written down, and insights keep to numbers', async () => {
    const [seat, other] = [await launchAs(school, 'teacher1', itemId), await launchAs(school, 'teacher1', itemId)]
    for (let times = 0; times < 2; times++)
      expect((await callTool(school.origin, seat.token, 'POST', `/api/placements/${placementId}/names`)).status).toBe(200)
    expect((await looks()).map((it) => [it.what, it.of])).toEqual([['class-names', null]])
    const { naming, learners: rows } = (await ask('overview', seat)).json
    expect(naming).toBe('asked')
    expect(rows.map((it: Wire) => it.name)).toContain('Ada Aaronson')
    expect((await ask(`learners/${named()}`, seat)).json).toMatchObject({ withheld: true, person: { name: 'Ada Aaronson' } })
    expect((await ask('roster-csv', seat)).json.csv).toContain('Ada Aaronson')
    await expectNobody((await ask('insight/latest', seat)).text)
    expect((await ask('overview', other)).json.naming).toBe('withheld')
    const student = learners[1]
    expect((await callTool(school.origin, student?.token ?? '', 'POST', `/api/placements/${placementId}/names`)).status).toBe(403)
    expect((await callTool(school.origin, student?.token ?? '', 'GET', '/xapi/statements')).status).toBe(200)
  })

  it('are as usual where it does not: asking changes nothing and is no look', async () => {
    await withhold(false)
    await queryAlone('delete from looks')
    expect((await callTool(school.origin, teacher.token, 'POST', `/api/placements/${placementId}/names`)).status).toBe(200)
    expect(await looks()).toEqual([])
    expect((await ask('overview')).json).toMatchObject({ naming: 'names' })
    expect((await ask(`learners/${named()}`)).json.withheld).toBe(false)
  })
})

describe('Who looked at whom', () => {
  it('is written when a teacher opens a learner’s page, attempt or story, once in some minutes', async () => {
    await queryAlone('delete from looks')
    const { person } = learners[1]?.data.session ?? {}
    const attemptId = learners[1]?.data.player.current.id
    for (let times = 0; times < 2; times++) {
      await ask(`learners/${person.id}`)
      await callTool(school.origin, teacher.token, 'GET', `/api/attempts/${attemptId}`)
      await ask(`learners/${person.id}/story`)
    }
    const seen = await looks()
    expect(seen.map((it) => it.what)).toEqual(['story', 'attempt', 'learner-page'])
    for (const one of seen)
      expect(one).toMatchObject({
        by: { name: teacher.data.session.person.name },
        of: { personId: person.id },
        course: expect.stringMatching(/./),
      })
    const later = Date.now() + 6 * 60_000
    setClock(() => later)
    await ask(`learners/${person.id}/story`)
    setClock()
    expect(await looks()).toHaveLength(4)
  })

  it('is written of the whole class for a CSV with names and for its statements, and not for what names nobody', async () => {
    await queryAlone('delete from looks')
    await ask('insight/latest')
    await ask(`insight/latest/csv/class${numbered}`)
    await ask('insight/latest/csv/questions')
    expect(await looks()).toEqual([])
    await ask('insight/latest/csv/class')
    await ask('roster-csv')
    await callTool(school.origin, teacher.token, 'GET', '/xapi/statements')
    expect((await looks()).map((it) => [it.what, it.of])).toEqual([
      ['statements', null],
      ['roster-csv', null],
      ['class-csv', null],
    ])
  })

  it('is not written when somebody looks at themselves, or at what they may not see', async () => {
    await queryAlone('delete from looks')
    const [own, other] = learners
    await callTool(school.origin, own?.token ?? '', 'GET', `/api/attempts/${own?.data.player.current.id}`)
    await callTool(school.origin, own?.token ?? '', 'GET', '/xapi/statements')
    expect((await callTool(school.origin, own?.token ?? '', 'GET', `/api/attempts/${other?.data.player.current.id}`)).status).toBe(404)
    expect((await ask(`learners/${other?.data.session.person.id}`, own)).status).toBe(403)
    expect((await ask(`learners/${randomUUID()}`)).status).toBe(404)
    expect(await looks()).toEqual([])
  })

  it('is found by either person, of one institution only, and goes into a spreadsheet', async () => {
    for (const { data } of learners.slice(0, 2)) await ask(`learners/${data.session.person.id}/story`)
    expect(await looks('aaronson')).toHaveLength(1)
    expect((await looks(teacher.data.session.person.name)).length).toBe(2)
    expect(await looks('100 % nobody_')).toEqual([])
    const elsewhere = { institutionId: randomUUID(), text: '' }
    expect((await admin.ask('POST', '/api/admin/looks', { ...elsewhere, before: null })).looks).toEqual([])
    expect((await admin.ask('POST', '/api/admin/looks/csv', elsewhere)).csv.trim().split('\r\n')).toHaveLength(1)
    const { csv } = await admin.ask('POST', '/api/admin/looks/csv', { institutionId, text: 'bertolini' })
    expect(csv.trim().split('\r\n')).toHaveLength(2)
    expect(csv).toContain('Ada Bertolini')
  })
})

describe('What is no longer kept', () => {
  const preview = (workMonths: number | null, recordMonths: number | null): Promise<Wire> =>
    admin.ask('POST', '/api/admin/privacy/preview', { institutionId, workMonths, recordMonths })
  const rows = async (table: string) => (await queryAlone<{ n: number }>(`select count(*)::int n from ${table}`))[0]?.n

  /** A learner of another course of the school begins something. */
  async function workElsewhere(): Promise<Wire> {
    const { lms, origin } = school
    const walk = await lms.journey.walkLaunch({ person: 'teacher1', deepLink: { course: '3' }, launch: true })
    const { token } = launchDataIn(await (walk.response as Response).text())
    const { id } = (await callTool(origin, token, 'POST', '/api/activities', { kind: 'quiz', sampleId: sample })).json
    const item = lms.addItem({
      course: '3',
      title: 'Elsewhere',
      custom: { cuepoint_activity_id: id },
      url: `${origin}/lti/activities/${id}`,
    })
    const { id: person } = lms.addPerson({ givenName: 'Bea', familyName: 'Busy', courses: { '3': 'learner' } })
    const { data } = await launchAs(school, person, item.id)
    await eventually('it is counted', async () => (await rows('insight_facts')) === learners.length + 2, 30_000)
    await eventually(
      'nothing is on its way',
      async () => (await queryAlone(`select 1 from deliveries where state = 'due'`)).length === 0,
      60_000,
    )
    return data.session
  }

  it('is nothing by default, and nothing that is young', async () => {
    await retain()
    expect(await rows('attempts')).toBe(learners.length + 1)
    expect(await preview(1, 1)).toEqual({ courses: 0, attempts: 0, people: 0, events: 0, statements: 0 })
  })

  it('is shown before, and goes when it is old: what the schedule deletes is what was shown', async () => {
    await eventually(
      'nothing is on its way',
      async () => (await queryAlone(`select 1 from deliveries where state = 'due'`)).length === 0,
      60_000,
    )
    const busy = await workElsewhere()
    const grades = JSON.stringify(school.lms.gradebook('2'))
    const old = `interval '14 months'`
    await queryAlone(`update courses set created_at = created_at - ${old}`)
    await queryAlone(`update memberships set last_seen_at = last_seen_at - ${old} where course_id <> $1`, [busy.course.id])
    await queryAlone(
      `update attempts set started_at = started_at - ${old}, saved_at = saved_at - ${old}, submitted_at = submitted_at - ${old}`,
    )
    await queryAlone(`update events set occurred_at = occurred_at - ${old}`)
    await queryAlone(`update statements set stored = stored - ${old}`)
    expect(await preview(15, 15)).toMatchObject({ attempts: 0, events: 0, statements: 0 })
    const shown = await preview(13, 13)
    expect(shown).toMatchObject({ courses: 1, attempts: learners.length + 1, people: learners.length + 1 })
    const before = { events: await rows('events'), statements: await rows('statements') }
    expect(shown.statements).toBe(before.statements)
    await retain()
    expect(await rows('attempts'), 'a preview and a schedule without settings delete nothing').toBe(shown.attempts + 1)

    const settings = { workMonths: 13, recordMonths: 13, pseudonyms: false }
    await admin.ask('POST', '/api/admin/privacy/settings', { institutionId, settings })
    await retain()
    for (const table of ['answers', 'results', 'score_ledger']) expect(await rows(table), table).toBe(0)
    for (const table of ['attempts', 'insight_facts'])
      expect(
        (await queryAlone<Wire>(`select person_id from ${table}`)).map((it) => it.person_id),
        table,
      ).toEqual([busy.person.id])
    expect(await rows('events')).toBe((before.events ?? 0) - shown.events)
    expect(await rows('statements')).toBe((before.statements ?? 0) - shown.statements)
    const left = await queryAlone<Wire>('select distinct person_id, data ? $1 as work from events where person_id is not null', [
      'attemptId',
    ])
    expect(left, 'work under way keeps its events').toEqual([{ person_id: busy.person.id, work: true }])
    expect(await rows('insight_sums'), 'sums of six name nobody, and those elsewhere are young').toBe(2)
    expect(JSON.stringify(school.lms.gradebook('2')), 'the gradebook is the LMS’s').toBe(grades)
    const { deeds } = await admin.ask('POST', '/api/admin/privacy/deeds', { institutionId })
    expect(deeds[0]).toMatchObject({
      deed: 'retention',
      facts: { courses: 1, attempts: shown.attempts, events: shown.events, statements: shown.statements },
    })
    await retain()
    expect((await admin.ask('POST', '/api/admin/privacy/deeds', { institutionId })).deeds).toHaveLength(deeds.length)
  })

  it('settings are an institution’s that exists, and months that make sense', async () => {
    const settings = { workMonths: 0, recordMonths: null, pseudonyms: false }
    const save = (body: unknown) => callTool(school.origin, admin.token, 'POST', '/api/admin/privacy/settings', body)
    expect((await save({ institutionId, settings })).status).toBe(400)
    expect((await save({ institutionId: randomUUID(), settings: { ...settings, workMonths: 6 } })).status).toBe(404)
  })
})
