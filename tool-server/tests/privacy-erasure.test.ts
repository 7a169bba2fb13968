// One learner is exported, and erased: nothing of anybody else is in the export, nothing of them is left anywhere afterwards, the figures
// are as if they had never been, and each LRS is told which statements are void, also one that was away.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type StubLrs, startStubLrs } from '../../fixtures/lrs/stub.ts'
import { eraseNow } from '../src/app/privacy/erasing.ts'
import { personalTables, rowsOf } from '../src/app/privacy/tables.ts'
import { queryAlone, transaction } from '../src/kernel/db.ts'
import { record } from '../src/kernel/events/outbox.ts'
import { operatorOf } from './_admin.ts'
import { callTool, eventually, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, placeSample, rightAnswers, type Seat } from './_journey.ts'

const sample = 'photosynthesis-and-cell-energy'
const voided = 'http://adlnet.gov/expapi/verbs/voided'
let school: TestSchool
let admin: Awaited<ReturnType<typeof operatorOf>>
let lrs: StubLrs
let itemId: string
let institutionId: string
let teacher: Seat
let stays: Seat
let goes: Seat
let sumsWithoutThem: Wire
let statementsOfThem: string[]

const post = (path: string, body: unknown) => callTool(school.origin, admin.token, 'POST', path, body)
const lmsPerson = (id: string) => [...school.lms.state.people.values()].find((it) => it.id === id) as Wire
const exportOf = (personId: string, of = institutionId) =>
  callTool(school.origin, admin.token, 'GET', `/api/admin/privacy/export/${of}/${personId}`)

async function works(person: string): Promise<Seat> {
  const seat = await launchAs(school, person, itemId)
  const { id, questions } = seat.data.player.current
  const answers = rightAnswers(sample, questions)
  const done = await callTool(school.origin, seat.token, 'POST', `/api/attempts/${id}/submit`, { key: randomUUID(), answers })
  if (done.status !== 200) throw new Error(done.text)
  const personId = seat.data.session.person.id
  await eventually(
    'the score arrived and all was told',
    async () => (await open(personId)) === 0 && (await told(personId)).length > 0,
    60_000,
  )
  return seat
}
const open = async (personId: string) =>
  (await queryAlone(`select 1 from deliveries d join events e on e.id = d.event_id where e.person_id = $1 and d.state = 'due'`, [personId]))
    .length
const told = async (personId: string) =>
  (await queryAlone<{ id: string }>('select id from statements where person_id = $1 order by sequence', [personId])).map(({ id }) => id)
const sums = () => queryAlone('select placement_id, version_id, sums from insight_sums order by 1, 2')
const addLearner = (familyName: string) =>
  school.lms.addPerson({
    givenName: 'Quendolin',
    familyName,
    email: `${familyName.toLowerCase()}@people.example`,
    courses: { '2': 'learner' },
  }).id

const placementId = (): string => goes.data.session.placement.id
async function freshList(): Promise<Wire> {
  await queryAlone(`update rosters set tried_at = tried_at - interval '1 hour'`)
  const answer = await callTool(school.origin, teacher.token, 'POST', '/api/roster/refresh')
  expect(answer.json, answer.text).toMatchObject({ failure: null })
  return answer.json
}

let leaver: string
beforeAll(async () => {
  lrs = await startStubLrs()
  school = await startSchool({ env: { LOG_LEVEL: 'silent' } })
  admin = await operatorOf(school.origin)
  itemId = (await placeSample(school, sample)).itemId
  teacher = await launchAs(school, 'teacher1', itemId)
  const [institution] = await queryAlone<{ id: string }>('select id from institutions')
  institutionId = institution?.id ?? ''
  const { url, username, password } = lrs
  const usual = { lrsId: null, institutionId, xapiVersion: '1.0.3', events: null, url, username, password } as const
  await admin.ask('POST', '/api/admin/lrs', { ...usual, name: 'By account', actor: 'account' })
  await admin.ask('POST', '/api/admin/lrs', { ...usual, name: 'By pseudonym', actor: 'pseudonym' })
  stays = await works(addLearner('Abidewith'))
  sumsWithoutThem = await sums()
  leaver = addLearner('Zwischenfall')
  goes = await works(leaver)
  const { placement, person } = goes.data.session
  await admin.ask('POST', '/api/admin/privacy/people', { institutionId, text: 'Zwischenfall' })
  const grant = await callTool(school.origin, teacher.token, 'PUT', `/api/placements/${placement.id}/learners/${person.id}/override`, {
    score: 3,
    comment: 'as agreed',
  })
  expect(grant.status).toBe(200)
  await eventually('the override is told', async () => (await open(person.id)) === 0, 60_000)
  statementsOfThem = await told(person.id)
}, 120_000)
afterAll(async () => {
  await school?.stop()
  await lrs?.stop()
})

describe('The export of one learner', () => {
  it('is found by the LMS’s id, by name and by mail, in their own institution only', async () => {
    const { externalId, email } = lmsPerson(leaver)
    for (const text of [String(externalId ?? leaver), 'zwischenfall', email]) {
      const { people } = await admin.ask('POST', '/api/admin/privacy/people', { institutionId, text })
      expect(people.map((it: Wire) => it.personId)).toEqual([goes.data.session.person.id])
    }
    const elsewhere = await admin.ask('POST', '/api/admin/privacy/people', { institutionId: randomUUID(), text: 'zwischenfall' })
    expect(elsewhere.people).toEqual([])
  })

  it('has all of their work and nothing of anybody else', async () => {
    const { person } = goes.data.session
    const answer = await exportOf(person.id)
    expect(answer.status).toBe(200)
    const it = answer.json
    expect(it.people[0]).toMatchObject({ id: person.id, email: 'zwischenfall@people.example' })
    expect(it.attempts).toHaveLength(1)
    expect(it.answers).toHaveLength(8)
    expect(it.results).toMatchObject([{ score: 3, comment: 'as agreed' }])
    expect(it.score_overrides).toHaveLength(1)
    expect(it.teacher_deeds).toHaveLength(1)
    expect(it.score_ledger).toHaveLength(1)
    expect(it.memberships).toHaveLength(1)
    expect(it.statements).toHaveLength(statementsOfThem.length)
    expect(it.events.map((one: Wire) => one.name)).toEqual(
      expect.arrayContaining(['identity.session.opened', 'assessment.attempt.submitted', 'assessment.override.set']),
    )
    const others = await queryAlone<Wire>('select id, external_id, name, email from people where id <> $1', [person.id])
    expect(others.length).toBeGreaterThan(2)
    for (const other of others)
      for (const word of [other.id, other.name, other.email].filter(Boolean)) expect(answer.text.includes(word), word).toBe(false)
    for (const secret of await queryAlone<Wire>('select seed::text from attempts')) expect(answer.text).not.toContain(secret.seed)
    expect(answer.text).not.toMatch(/token_hash|"correct"|accepted_/)
  })

  it('is nowhere by the ids of another institution, and for nobody who is not signed in as an administrator', async () => {
    const { person } = goes.data.session
    expect((await exportOf(person.id, randomUUID())).status).toBe(404)
    expect((await exportOf(randomUUID())).status).toBe(404)
    expect((await exportOf("x' or 1=1")).status).toBe(404)
    for (const token of ['', teacher.token, goes.token])
      expect((await callTool(school.origin, token, 'GET', `/api/admin/privacy/export/${institutionId}/${person.id}`)).status).toBe(401)
  })

  it('is written down as a look, and as a deed', async () => {
    const { looks } = await admin.ask('POST', '/api/admin/looks', { institutionId, text: 'zwischen', before: null })
    expect(looks[0]).toMatchObject({ what: 'export', by: null, of: { personId: goes.data.session.person.id } })
    const { deeds } = await admin.ask('POST', '/api/admin/privacy/deeds', { institutionId })
    expect(deeds[0]).toMatchObject({ deed: 'export' })
  })
})

describe('The erasure of one learner', () => {
  const erase = (over: Record<string, unknown> = {}) =>
    post('/api/admin/privacy/erase', {
      institutionId,
      personId: goes.data.session.person.id,
      typed: '  quendolin   ZWISCHENFALL ',
      ...over,
    })

  it('does nothing without the right name, and nothing by another institution’s id', async () => {
    expect(await erase({ typed: 'Quendolin' })).toMatchObject({ status: 422, json: { code: 'confirmation_differs' } })
    expect((await erase({ institutionId: randomUUID() })).status).toBe(404)
    expect((await erase({ personId: randomUUID() })).status).toBe(404)
    expect(await told(goes.data.session.person.id)).toEqual(statementsOfThem)
  })

  it('leaves nothing of them anywhere, while the LRSs are away; pressed twice it is one', async () => {
    lrs.mood = () => ({ is: 'status', status: 503 })
    const personId = goes.data.session.person.id
    const [one, two] = await Promise.all([erase(), erase()])
    expect([one.status, two.status]).toEqual([200, 200])
    expect(two.json.askedAt).toBe(one.json.askedAt)
    await eventually('it is done', async () => (await erase()).json.doneAt !== null, 30_000)
    const { counts, voiding } = (await erase()).json
    expect(counts).toMatchObject({ attempts: 1, answers: 8, results: 1, score_overrides: 1, statements: statementsOfThem.length })
    expect(voiding.map((it: Wire) => [it.lrs, it.statements, it.state])).toEqual([
      ['By account', statementsOfThem.length, 'waiting'],
      ['By pseudonym', statementsOfThem.length, 'waiting'],
    ])
    for (const table of personalTables.filter(({ erased }) => erased !== 'kept'))
      expect(await queryAlone(`select 1 from ${table.table} t where ${rowsOf(table)}`, [personId]), table.table).toEqual([])
    await nowhere(['Zwischenfall', 'zwischenfall@people.example', lmsPerson(leaver).id])
  })

  it('corrects what the dashboards count', async () => {
    expect(await sums()).toEqual(sumsWithoutThem)
  })

  it('tells each LRS once which statements are void, when it is back; of nobody else', async () => {
    const before = new Set(lrs.statements.keys())
    lrs.mood = () => undefined
    await queryAlone(`update deliveries set due_at = now() where listener = 'analytics.void-statements' and state = 'due'`)
    const all = () => [...lrs.statements.values()].filter((it) => it.verb.id === voided)
    await eventually('all are told', async () => (await erase()).json.voiding.every((it: Wire) => it.state === 'told'), 60_000)
    // By account and by pseudonym: two statements of each event.
    expect(all()).toHaveLength(2 * statementsOfThem.length)
    const theirs = new Set(all().map((it) => it.object.id))
    for (const id of statementsOfThem) expect(theirs.has(id)).toBe(true)
    for (const one of all()) {
      expect(one.object.objectType).toBe('StatementRef')
      expect(before.has(one.object.id), 'it took what is void').toBe(true)
      expect(one.actor.account).toEqual({ homePage: school.origin, name: 'cuepoint' })
      expect(one.context?.platform).toBeUndefined()
    }
    for (const id of await told(stays.data.session.person.id)) expect(theirs.has(id)).toBe(false)
    expect(lrs.again).toEqual([])
  })

  it('shows in the house’s statements that they are void, and shows them no more', async () => {
    const read = (query: string) => callTool(school.origin, teacher.token, 'GET', `/xapi/statements${query}`)
    const { statements } = (await read('')).json
    const voids = statements.filter((it: Wire) => it.verb.id === voided)
    expect(voids.map((it: Wire) => it.object.id).sort()).toEqual([...statementsOfThem].sort())
    expect(statements.filter((it: Wire) => statementsOfThem.includes(it.id))).toEqual([])
    for (const query of ['statementId', 'voidedStatementId']) expect((await read(`?${query}=${statementsOfThem[0]}`)).status).toBe(404)
    const newest = await admin.ask('GET', '/api/admin/statements')
    expect(newest.statements.some((it: Wire) => it.verb === 'voided')).toBe(true)
  })

  it('is not undone by what comes late: a page that is still open, a worker that had not heard of it', async () => {
    const { session, player } = goes.data
    const late = await callTool(school.origin, goes.token, 'PUT', `/api/attempts/${player.current.id}/answers`, {
      answers: [{ questionId: player.current.questions[0].id, seq: 9, value: { kind: 'short-text', text: 'late' } }],
    })
    expect(late.status).toBe(401)
    expect((await callTool(school.origin, goes.token, 'POST', `/api/placements/${session.placement.id}/attempts`)).status).toBe(401)
    for (const insert of [
      `insert into memberships (person_id, course_id, role) values ($1, '${session.course.id}', 'learner')`,
      `insert into sessions (id, token_hash, institution_id, course_id, person_id, role, purpose, created_at, expires_at)
         values (gen_random_uuid(), '\\x01', '${institutionId}', '${session.course.id}', $1, 'learner', 'activity', now(), now())`,
    ])
      await expect(queryAlone(insert, [session.person.id])).rejects.toThrow('this person was erased')
    await transaction((tx) =>
      record(tx, {
        name: 'gradebook.score.accepted',
        ...{ institutionId, courseId: session.course.id, personId: session.person.id, placementId: session.placement.id },
        data: { revision: 1 },
      }),
    )
    await eventually('the schedule took it away', async () => {
      await eraseNow(institutionId, session.person.id).catch(() => undefined)
      return (await queryAlone('select 1 from events where person_id = $1', [session.person.id])).length === 0
    })
  })

  it('holds against class lists that still name them, of any course; the others on it stay', async () => {
    const marks = () => queryAlone<{ mark: string }>('select mark from erased_marks')
    expect(await marks()).toHaveLength(1)
    for (let times = 0; times < 2; times++) {
      const { people } = await freshList()
      const { learners, roster } = (await callTool(school.origin, teacher.token, 'GET', `/api/placements/${placementId()}/overview`)).json
      expect(learners.map((it: Wire) => it.name)).toContain('Quendolin Abidewith')
      expect(roster.people).toBe(people)
    }
    await nowhere(['Zwischenfall', 'zwischenfall@people.example', lmsPerson(leaver).id])
  })

  it('lets them come again as somebody new, and class lists know them again', async () => {
    const again = await launchAs(school, leaver, itemId)
    expect(again.data.session.person.id).not.toBe(goes.data.session.person.id)
    expect(again.data.player.attempts).toHaveLength(1)
    expect(again.data.player.current.number).toBe(1)
    await freshList()
    expect(await queryAlone('select mark from erased_marks')).toEqual([])
    const here = await queryAlone<Wire>('select m.status from memberships m where m.person_id = $1', [again.data.session.person.id])
    expect(here).toEqual([{ status: 'active' }])
    const [old] = await queryAlone<Wire>('select name, email, external_id, erased_at from people where id = $1', [
      goes.data.session.person.id,
    ])
    expect(old).toMatchObject({ name: '', email: '', external_id: `erased:${goes.data.session.person.id}` })
  })

  it('leaves the others as they were', async () => {
    const answer = await exportOf(stays.data.session.person.id)
    expect(answer.json.attempts).toHaveLength(1)
    expect(answer.json.answers).toHaveLength(8)
  })
})

/** Whole tables as text: not one row has one of the words. */
async function nowhere(words: readonly string[]): Promise<void> {
  const tables = await queryAlone<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public'`)
  for (const { name } of tables)
    for (const word of words.filter((it) => it.length > 5))
      expect(await queryAlone(`select 1 from ${name} t where position($1 in t::text) > 0 limit 1`, [word]), `${word} in ${name}`).toEqual(
        [],
      )
}
