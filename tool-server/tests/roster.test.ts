// The class list: fetched at an instructor's launch and by a button, page by page; who left stays with their attempts; what an LMS
// does wrong is told in words and loses nothing.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { registrationById } from '../src/modules/lti/platforms/registry.ts'
import { readRoster } from '../src/modules/lti/services/roster-reading.ts'
import { callTool, eventually, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, type Placed, placeSample, rightAnswers, type Seat } from './_journey.ts'

const sample = 'photosynthesis-and-cell-energy'
let school: TestSchool
let placed: Placed
let teacher: Seat
const placementId = () => teacher.data.session.placement.id
const courseId = () => teacher.data.session.course.id

beforeAll(async () => {
  school = await startSchool()
  placed = await placeSample(school)
  teacher = await launchAs(school, 'teacher1', placed.itemId)
  await eventually('the launch fetches the class list', async () => (await overview()).roster?.refreshedAt != null)
})
afterAll(() => school?.stop())
afterEach(() => school.lms.faults.clear())

const overview = async (): Promise<Wire> =>
  (await callTool(school.origin, teacher.token, 'GET', `/api/placements/${placementId()}/overview`)).json
/** Of the course; for whom one link is, is another question. */
const asked = () => school.lms.calls.filter((it) => it.kind === 'memberships' && !it.path.includes('rlid=')).length
/** As after a while: the button may fetch again. */
const later = () => queryAlone(`update rosters set tried_at = tried_at - interval '1 hour'`)
async function press(): Promise<Wire> {
  await later()
  const answer = await callTool(school.origin, teacher.token, 'POST', '/api/roster/refresh')
  expect(answer.status, answer.text).toBe(200)
  return answer.json
}
async function lastTold(): Promise<Wire> {
  const [event] = await queryAlone<{ data: Wire }>(
    `select data from events where name = 'identity.roster.refreshed' order by occurred_at desc limit 1`,
  )
  return event?.data
}

describe('the class list', () => {
  it('shows who has not started, without their having opened anything', async () => {
    const { learners, roster } = await overview()
    expect(learners.map((it: Wire) => [it.name, it.state, it.enrolment])).toEqual([
      ["Zoë O'Neill", 'not-started', 'active'],
      ['Sam Student', 'not-started', 'active'],
      ['Suzu Ōkubo', 'not-started', 'active'],
    ])
    expect(roster).toMatchObject({ people: 4, failure: null })
    expect((await lastTold()).added).toHaveLength(3)
  })

  it('comes page by page, every page', async () => {
    for (let n = 0; n < 230; n++) school.lms.addPerson({ givenName: 'Pupil', familyName: `Nr${n}`, courses: { '2': 'learner' } })
    const before = asked()
    expect((await press()).people).toBe(234)
    expect(asked() - before).toBe(3)
    expect((await overview()).learners).toHaveLength(233)
    const [pupil] = await queryAlone<{ sourced_id: string }>(`select sourced_id from people where name = 'Pupil Nr229'`)
    expect(pupil?.sourced_id).toMatch(/^sis-/)
    for (const { personId } of [...(school.lms.state.courses.get('2')?.members ?? [])])
      if (school.lms.state.people.get(personId)?.givenName === 'Pupil') school.lms.dropPerson('2', personId)
    await press()
    expect((await lastTold()).left).toHaveLength(230)
    expect((await overview()).learners).toHaveLength(3)
  })

  it('keeps who left with their attempts, and tells who came back', async () => {
    const sam = await launchAs(school, 'student1', placed.itemId)
    const { id, questions } = sam.data.player.current
    const body = { key: crypto.randomUUID(), answers: rightAnswers(sample, questions) }
    expect((await callTool(school.origin, sam.token, 'POST', `/api/attempts/${id}/submit`, body)).status).toBe(200)
    school.lms.dropPerson('2', '5')
    await press()
    const samId = sam.data.session.person.id
    expect((await lastTold()).left).toEqual([samId])
    const row = (await overview()).learners.find((it: Wire) => it.personId === samId)
    expect(row).toMatchObject({ state: 'finished', enrolment: 'left', result: { score: expect.any(Number) } })
    school.lms.state.courses.get('2')?.members.push({ personId: '5', role: 'learner' })
    await press()
    expect(await lastTold()).toMatchObject({ added: [samId], left: [] })
    expect((await overview()).learners.find((it: Wire) => it.personId === samId).enrolment).toBe('active')
  })

  it('tells whose role changed, and a teacher who has attempts stays in sight', async () => {
    const member = school.lms.state.courses.get('2')?.members.find((it) => it.personId === '5')
    if (!member) throw new Error('no such member')
    member.role = 'instructor'
    await press()
    const { roleChanged } = await lastTold()
    expect(roleChanged).toEqual([{ personId: expect.any(String), role: 'instructor' }])
    expect((await overview()).learners.find((it: Wire) => it.name === 'Sam Student').enrolment).toBe('teacher')
    member.role = 'learner'
    await press()
    expect((await overview()).learners.find((it: Wire) => it.name === 'Sam Student').enrolment).toBe('active')
  })

  it('is missing in words where the LMS offers none, and is not tried before anybody came from there', async () => {
    await queryAlone('create table kept_services as table placement_services')
    await queryAlone('update placement_services set memberships_url = null')
    expect((await press()).failure).toBe('the LMS offers no class list for this course')
    await queryAlone('delete from placement_services')
    await queryAlone('update rosters set failure = null')
    const tried = async () => (await queryAlone('select tried_at, failure from rosters'))[0]
    await later()
    const before = await tried()
    await callTool(school.origin, teacher.token, 'POST', '/api/roster/refresh')
    expect(await tried()).toEqual(before)
    await queryAlone('insert into placement_services table kept_services')
    await queryAlone('drop table kept_services')
    expect(await press()).toMatchObject({ failure: null })
  })

  it('is fetched once by any number of presses', async () => {
    await later()
    const before = asked()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => callTool(school.origin, teacher.token, 'POST', '/api/roster/refresh')),
    )
    expect(answers.map((it) => it.status)).toEqual(answers.map(() => 200))
    expect((await callTool(school.origin, teacher.token, 'POST', '/api/roster/refresh')).status).toBe(200)
    expect(asked() - before).toBe(1)
  })

  it('is not for learners to fetch', async () => {
    const sam = await launchAs(school, 'student1', placed.itemId)
    expect((await callTool(school.origin, sam.token, 'POST', '/api/roster/refresh')).status).toBe(403)
    expect((await callTool(school.origin, sam.token, 'GET', `/api/placements/${placementId()}/roster-csv`)).status).toBe(403)
  })
})

describe('an LMS that sends', () => {
  const listOf = (members: unknown[]) => JSON.stringify({ id: 'x', context: { id: '2' }, members })
  const some = listOf([{ user_id: '5', roles: ['Learner'], status: 'Active' }])
  it.each([
    [
      'a page without a reachable next',
      { status: 200, headers: { Link: '<https://broken; rel="next"' }, body: some },
      /address of the next page cannot be read/,
    ],
    [
      'a next page at a stranger’s',
      { status: 200, headers: { Link: '<https://evil.example/x>; rel="next"' }, body: some },
      /outside the LMS/,
    ],
    ['its sign-in page with 200', { status: 200, headers: {}, body: '<!doctype html><title>Log in</title>' }, /web page/],
    ['other JSON', { status: 200, headers: {}, body: '{"hello":1}' }, /not a class list/],
    ['an empty list', { status: 200, headers: {}, body: listOf([]) }, /empty class list/],
    [
      'the list of another course',
      { status: 200, headers: {}, body: JSON.stringify({ context: { id: '3' }, members: [] }) },
      /another course/,
    ],
    ['more than a list can be', { status: 200, headers: {}, body: ' '.repeat(1_100_000) }, /more than a class list/],
    ['403', { status: 403, headers: {}, body: '' }, /administrator/],
    ['500', { status: 500, headers: {}, body: '' }, /status 500/],
    ['nothing', { drop: true }, /could not be reached/],
  ])('%s: is refused with words, and nothing is lost', async (_what, fault, words) => {
    const before = await overview()
    const strangers = () => queryAlone('select 1 from people')
    const known = (await strangers()).length
    school.lms.faults.ags = ({ kind }) => (kind === 'memberships' ? fault : undefined)
    const roster = await press()
    expect(roster.failure).toMatch(words)
    const after = await overview()
    expect(after.learners).toEqual(before.learners)
    expect(after.roster.refreshedAt).toBe(before.roster.refreshedAt)
    expect(await strangers()).toHaveLength(known)
    school.lms.faults.clear()
    expect((await press()).failure).toBeNull()
  })

  it('the second page wrong: the first is not believed either', async () => {
    const page = listOf([{ user_id: 'new-one', roles: ['Learner'] }])
    const next = { Link: `<${school.lms.origin}${school.lms.quirks.paths.memberships.replace(':course', '2')}?from=1>; rel="next"` }
    school.lms.faults.ags = ({ kind, path }) =>
      kind !== 'memberships' ? undefined : path.includes('from=1') ? { status: 502 } : { status: 200, headers: next, body: page }
    expect((await press()).failure).toMatch(/502/)
    expect(await queryAlone(`select 1 from people where external_id = 'new-one'`)).toEqual([])
  })

  it('the same page for ever: is left after one round', async () => {
    const own = `${school.lms.origin}${school.lms.quirks.paths.memberships.replace(':course', '2')}`
    school.lms.faults.ags = ({ kind }) =>
      kind === 'memberships' ? { status: 200, headers: { Link: `<${own}?again=1>; rel="next"` }, body: some } : undefined
    const before = asked()
    expect((await press()).failure).toMatch(/again and again/)
    expect(asked() - before).toBe(2)
  })

  it('Inactive and Deleted, observers and members without an id: takes them for what they are', async () => {
    const members = [
      { user_id: '3', roles: ['Instructor'] },
      { user_id: '5', roles: ['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner'], status: 'Active' },
      { user_id: '6', roles: ['Learner'], status: 'Inactive' },
      { user_id: '7', roles: ['Learner'], status: 'Deleted' },
      { user_id: 'parent', roles: ['http://purl.imsglobal.org/vocab/lis/v2/membership#Mentor'] },
      { roles: ['Learner'] },
      null,
    ]
    school.lms.faults.ags = ({ kind }) => (kind === 'memberships' ? { status: 200, headers: {}, body: listOf(members) } : undefined)
    expect(await press()).toMatchObject({ people: 2, failure: null })
    const rows = await queryAlone(
      'select p.external_id id, m.status from memberships m join people p on p.id = m.person_id where m.course_id = $1 and p.external_id < $2 order by 1',
      [courseId(), '9'],
    )
    const known = rows.filter((it) => ['3', '5', '6', '7'].includes(String(it.id)))
    expect(known).toEqual([
      { id: '3', status: 'active' },
      { id: '5', status: 'active' },
      { id: '6', status: 'inactive' },
      { id: '7', status: 'left' },
    ])
    expect(await queryAlone(`select 1 from people where external_id = 'parent'`)).toEqual([])
  })
})

describe('a slow drip', () => {
  let server: Server
  afterAll(() => server?.close())

  it('is cut, however steadily it drips', async () => {
    server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const drops = setInterval(() => response.write(' '), 30)
      response.on('close', () => clearInterval(drops))
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const [row] = await queryAlone<{ registration_id: string }>('select registration_id from placement_services limit 1')
    const registration = await registrationById(row?.registration_id ?? '')
    if (!registration) throw new Error('no registration')
    const source = {
      registration: { ...registration, origins: [origin] },
      origins: [],
      membershipsUrl: `${origin}/members`,
      contextId: '2',
      linkId: '1',
    }
    const start = performance.now()
    expect(await readRoster(source, 400)).toEqual({ ok: false, why: 'the LMS did not send the class list in time' })
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

describe('the CSV', () => {
  it('has name, mail, SIS id, state and score, and no cell that a spreadsheet would run', async () => {
    school.lms.addPerson({ givenName: '=HYPERLINK("http://evil.example","x")', familyName: '', id: 'formula', courses: { '2': 'learner' } })
    await press()
    const { json } = await callTool(school.origin, teacher.token, 'GET', `/api/placements/${placementId()}/roster-csv`)
    expect(json.fileName).toMatch(/\.csv$/)
    const lines = json.csv
      .replace(/^\ufeff/, '')
      .trim()
      .split('\r\n')
    expect(lines[0]).toBe(
      'Name,Email,SIS ID,Section,On the class list,State,Attempts,Score,Out of,In the gradebook,Course SIS ID,Section SIS ID',
    )
    expect(lines.find((it: string) => it.startsWith('Sam Student'))).toMatch(
      /^Sam Student,student1@example\.test,sis-student1,,yes,Finished,1,[\d.]+,[\d.]+,/,
    )
    expect(lines.find((it: string) => it.startsWith('Suzu'))).toContain(',Not started,0,,,')
    const hostile = lines.find((it: string) => it.includes('HYPERLINK'))
    expect(hostile).toMatch(/^"'=HYPERLINK\(""http/)
  })
})
