// Sections and groups as LMSs tell them (Course Groups service, the class list, claims of launches), and activities that are for some of
// the course only: what the instructor's view filters by.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { callTool, eventually, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, type Placed, placeSample, type Seat } from './_journey.ts'

let school: TestSchool
let placed: Placed
let teacher: Seat

async function open(profile: 'blackboard' | 'canvas' | 'moodle'): Promise<void> {
  school = await startSchool({ profile })
  placed = await placeSample(school)
}
async function teach(): Promise<void> {
  teacher = await launchAs(school, 'teacher1', placed.itemId)
  await eventually('the launch fetches the class list', async () => (await overview()).roster?.refreshedAt != null)
}
const placementId = (): string => teacher.data.session.placement.id
const overview = async (): Promise<Wire> =>
  (await callTool(school.origin, teacher.token, 'GET', `/api/placements/${placementId()}/overview`)).json
async function press(): Promise<Wire> {
  await queryAlone(`update rosters set tried_at = tried_at - interval '1 hour'`)
  await queryAlone(`update placement_rosters set tried_at = tried_at - interval '1 hour'`)
  const answer = await callTool(school.origin, teacher.token, 'POST', '/api/roster/refresh')
  expect(answer.status, answer.text).toBe(200)
  return answer.json
}
/** Names of those whom the choice of this section or group shows. */
async function inGroup(name: string): Promise<string[]> {
  const { groups, learners } = await overview()
  const group = groups.find((it: Wire) => it.name === name)
  return learners.filter((it: Wire) => it.groupIds.includes(group?.id)).map((it: Wire) => it.name)
}
const course = () => {
  const found = school.lms.state.courses.get('2')
  if (!found) throw new Error('no course')
  return found
}

describe('an LMS with a Course Groups service', () => {
  beforeAll(async () => {
    await open('blackboard')
    school.lms.addGroup('2', { name: 'Team Blue', set: 'Teams', members: ['student1', 'student3'] })
    school.lms.addGroup('2', { name: 'Team Red', set: 'Teams', members: ['student2'] })
    await teach()
    await eventually('groups are kept', async () => (await overview()).groups.length === 2)
  })
  afterEach(() => school.lms.faults.clear())
  afterAll(() => school?.stop())

  it('has them to filter by, with who is in them', async () => {
    expect((await overview()).groups).toMatchObject([
      { kind: 'group', name: 'Teams: Team Blue', named: true, own: false },
      { kind: 'group', name: 'Teams: Team Red', named: true, own: false },
    ])
    expect(await inGroup('Teams: Team Blue')).toEqual(["Zoë O'Neill", 'Sam Student'])
    expect(await inGroup('Teams: Team Red')).toEqual(['Suzu Ōkubo'])
  })

  it('is read to its last page, follows who moves, and drops what is gone', async () => {
    const many = Array.from({ length: 120 }, (_, n) => school.lms.addGroup('2', { name: `Pair ${n}`, members: ['student1'] }))
    await press()
    expect((await overview()).groups).toHaveLength(122)
    expect(await inGroup('Pair 119')).toEqual(['Sam Student'])
    const blue = course().groups?.find((it) => it.name === 'Team Blue')
    const red = course().groups?.find((it) => it.name === 'Team Red')
    if (!blue || !red) throw new Error('no groups')
    red.members = [...red.members, ...blue.members.splice(0, 1)]
    course().groups = course().groups?.filter((it) => !many.includes(it)) ?? []
    await press()
    expect((await overview()).groups.map((it: Wire) => it.name)).toEqual(['Teams: Team Blue', 'Teams: Team Red'])
    expect(await inGroup('Teams: Team Blue')).toEqual(["Zoë O'Neill"])
    expect(await inGroup('Teams: Team Red')).toEqual(['Sam Student', 'Suzu Ōkubo'])
  })

  it('that does not tell its sets: the groups are there without them', async () => {
    school.lms.faults.ags = ({ path }) => (path.includes('groupsets') ? { status: 500, headers: {}, body: '' } : undefined)
    expect(await press()).toMatchObject({ failure: null })
    expect((await overview()).groups.map((it: Wire) => it.name)).toEqual(['Team Blue', 'Team Red'])
    school.lms.faults.clear()
    await press()
    expect((await overview()).groups.map((it: Wire) => it.name)).toEqual(['Teams: Team Blue', 'Teams: Team Red'])
  })

  it('whose class list does not say the groups, is asked person by person', async () => {
    const members = course().members.map(({ personId, role }) => ({
      user_id: personId,
      roles: [role === 'learner' ? 'Learner' : 'Instructor'],
    }))
    const body = JSON.stringify({ context: { id: course().contextId }, members })
    school.lms.faults.ags = ({ kind }) => (kind === 'memberships' ? { status: 200, headers: {}, body } : undefined)
    await queryAlone('delete from course_group_members')
    expect((await press()).failure).toBeNull()
    expect(await inGroup('Teams: Team Red')).toEqual(['Sam Student', 'Suzu Ōkubo'])
    expect(school.lms.calls.filter((it) => it.path.includes('user_id='))).toHaveLength(4)
  })

  it.each<[string, Wire]>([
    ['its next page at a stranger’s', { status: 200, headers: { Link: '<https://evil.example/x>; rel="next"' }, body: '{"groups":[]}' }],
    ['other JSON', { status: 200, headers: {}, body: '{"hello":1}' }],
    ['its sign-in page with 200', { status: 200, headers: {}, body: '<!doctype html><title>Log in</title>' }],
    ['500', { status: 500, headers: {}, body: '' }],
    ['more than a list can be', { status: 200, headers: {}, body: ' '.repeat(1_100_000) }],
  ])('%s: the groups stay as they are, and the class list is fetched all the same', async (_says, fault) => {
    const before = (await overview()).groups
    school.lms.faults.ags = ({ kind }) => (kind === 'groups' ? fault : undefined)
    expect(await press()).toMatchObject({ failure: null })
    expect((await overview()).groups).toEqual(before)
  })

  it('sends its own ids of course and section with a launch: the CSV has them', async () => {
    const { json } = await callTool(school.origin, teacher.token, 'GET', `/api/placements/${placementId()}/roster-csv`)
    await launchAs(school, 'student1', placed.itemId)
    const after = await callTool(school.origin, teacher.token, 'GET', `/api/placements/${placementId()}/roster-csv`)
    const line = (csv: string) => csv.split('\r\n').find((it) => it.startsWith('Sam Student')) ?? ''
    expect(line(json.csv)).toMatch(/,,$/)
    expect(line(after.json.csv)).toMatch(/,,sis-bio101$/)
    expect(line(after.json.csv)).toContain(',Teams: Team Red,')
  })
})

describe('Canvas, which tells sections at a launch', () => {
  beforeAll(async () => {
    await open('canvas')
    school.lms.addGroup('2', { name: 'Monday', section: true, members: ['student1', 'student2', 'teacher1'] })
    school.lms.addGroup('2', { name: 'Tuesday', section: true, members: ['student3'] })
    await teach()
  })
  afterAll(() => school?.stop())

  it('shows who has come by their section, the teacher’s own first', async () => {
    for (const who of ['student1', 'student2', 'student3']) await launchAs(school, who, placed.itemId)
    await eventually('sections are kept', async () => (await inGroup('Monday')).length === 2 && (await inGroup('Tuesday')).length === 1)
    expect((await overview()).groups).toMatchObject([
      { kind: 'section', name: 'Monday', own: true },
      { kind: 'section', name: 'Tuesday', own: false },
    ])
    expect(await inGroup('Tuesday')).toEqual(["Zoë O'Neill"])
  })

  it('follows who changes the section', async () => {
    const [monday, tuesday] = course().sections ?? []
    if (!monday || !tuesday) throw new Error('no sections')
    const moved = monday.members.splice(0, 1)
    tuesday.members.push(...moved)
    await launchAs(school, 'student1', placed.itemId)
    await eventually('who moved is in the other', async () => (await inGroup('Tuesday')).length === 2)
    expect(await inGroup('Monday')).toEqual(['Suzu Ōkubo'])
  })

  it('names the section that is left when those of somebody in several are told in no order', async () => {
    school.lms.addGroup('2', { name: 'Late lab', section: true, members: ['student2'] })
    await launchAs(school, 'student2', placed.itemId)
    await eventually('the third has its name', async () => (await inGroup('Late lab')).length === 1)
    expect(await inGroup('Late lab')).toEqual(['Suzu Ōkubo'])
    expect(await inGroup('Monday')).toEqual(['Suzu Ōkubo'])
  })

  it('keeps the school’s own id of the course', async () => {
    const { json } = await callTool(school.origin, teacher.token, 'GET', `/api/placements/${placementId()}/roster-csv`)
    expect(json.csv.split('\r\n').find((it: string) => it.startsWith('Sam Student'))).toMatch(/,sis-bio101,$/)
  })
})

describe('an activity that is for some of the course only', () => {
  beforeAll(async () => {
    await open('moodle')
    await teach()
  })
  afterEach(() => school.lms.faults.clear())
  afterAll(() => school?.stop())
  const names = async () => (await overview()).learners.map((it: Wire) => it.name)
  const item = () => {
    const found = school.lms.state.items.get(placed.itemId)
    if (!found) throw new Error('no item')
    return found
  }

  it('lists only those whom the LMS says it is for, and whoever has begun', async () => {
    expect((await overview()).assigned).toBeNull()
    item().assignedTo = ['5', '6']
    await press()
    expect(await names()).toEqual(['Sam Student', 'Suzu Ōkubo'])
    expect((await overview()).assigned).toEqual({ people: 2, of: 3 })
    await launchAs(school, 'student3', placed.itemId)
    expect(await names()).toEqual(["Zoë O'Neill", 'Sam Student', 'Suzu Ōkubo'])
  })

  it('stays so where the LMS does not answer, and is for all where it does not tell links apart', async () => {
    const only = (fault: Wire) => {
      school.lms.faults.ags = ({ kind, path }) => (kind === 'memberships' && path.includes('rlid=') ? fault : undefined)
    }
    only({ status: 503 })
    await press()
    expect((await overview()).assigned).toEqual({ people: 2, of: 3 })
    only({ status: 404 })
    await press()
    expect((await overview()).assigned).toBeNull()
  })

  it('is for all again when the LMS gives it to all, and for who comes later', async () => {
    await press()
    expect((await overview()).assigned).toEqual({ people: 2, of: 3 })
    delete item().assignedTo
    await press()
    expect((await overview()).assigned).toBeNull()
    school.lms.addPerson({ givenName: 'Late', familyName: 'Comer', courses: { '2': 'learner' } })
    await press()
    expect(await names()).toContain('Late Comer')
  })
})
