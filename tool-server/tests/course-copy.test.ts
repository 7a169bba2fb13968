// Course copies: what comes along waits for the teacher's word and is never taken silently; a copy is the course's own, a share is
// recorded and can be taken back; one decision settles all; copies of copies; and nobody gets a quiz by writing its id into a link.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { callTool, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, type Placed, placeSample, rightAnswers, type Seat } from './_journey.ts'

const sample = 'photosynthesis-and-cell-energy'
let school: TestSchool
let placed: Placed[]

beforeAll(async () => {
  school = await startSchool()
  placed = [await placeSample(school, sample), await placeSample(school, 'rivers-and-climate'), await placeSample(school, sample)]
  for (const { itemId } of placed) await launchAs(school, 'teacher1', itemId)
})
afterAll(() => school?.stop())

const call = (seat: Seat, method: string, path: string, body?: unknown) => callTool(school.origin, seat.token, method, path, body)
const placementOf = (seat: Seat): string => seat.data.session.placement.id
const originOf = async (seat: Seat): Promise<Wire> => (await call(seat, 'GET', `/api/placements/${placementOf(seat)}/origin`)).json
const settle = (seat: Seat, decision: string, all = false) =>
  call(seat, 'PUT', `/api/placements/${placementOf(seat)}/origin`, { decision, all })
const itemsOf = (courseId: string) => [...school.lms.state.items.values()].filter((it) => it.courseId === courseId)
async function activityBehind(seat: Seat): Promise<{ id: string; course_id: string } | undefined> {
  const [row] = await queryAlone<{ id: string; course_id: string }>(
    'select a.id, a.course_id from placements p join activities a on a.id = p.activity_id where p.id = $1',
    [placementOf(seat)],
  )
  return row
}

describe('a placement that came with a copied course', () => {
  it('waits for the teacher: the learner reads so, the teacher reads where it is from', async () => {
    const copy = await school.lms.copyCourse('2', { title: 'Biology, spring' })
    const [first] = itemsOf(copy.id)
    const learner = await launchAs(school, 'student1', first?.id ?? '')
    expect(learner.data.island).toBe('empty')
    expect(await originOf(learner)).toEqual({ waitsForTeacher: true, origin: null })
    const teacher = await launchAs(school, 'teacher1', first?.id ?? '')
    expect(teacher.data.overview.activity).toBeNull()
    expect(await originOf(teacher)).toMatchObject({
      waitsForTeacher: true,
      origin: { courseTitle: 'Introduction to Biology', published: true, decision: null, undecided: 1, placedThere: 3 },
    })
    expect((await settle(learner, 'copy')).status).toBe(403)
  })

  it('copied: is an activity of this course’s own, playable, and the first stays as it was', async () => {
    const copy = await school.lms.copyCourse('2')
    const [first] = itemsOf(copy.id)
    const teacher = await launchAs(school, 'teacher1', first?.id ?? '')
    const answer = await settle(teacher, 'copy')
    expect(answer.status, answer.text).toBe(200)
    expect(answer.json.overview.activity).toMatchObject({ draftAhead: false, versionNumber: 1 })
    const made = await activityBehind(teacher)
    expect(made).toMatchObject({ course_id: teacher.data.session.course.id })
    expect(made?.id).not.toBe(placed[0]?.activityId)
    const sam = await launchAs(school, 'student1', first?.id ?? '')
    const { id, questions } = sam.data.player.current
    const body = { key: crypto.randomUUID(), answers: rightAnswers(sample, questions) }
    const submitted = await call(sam, 'POST', `/api/attempts/${id}/submit`, body)
    expect(submitted.json.outcome.score).toBe(submitted.json.outcome.maxScore)
    const old = await launchAs(school, 'teacher1', placed[0]?.itemId ?? '')
    expect((await activityBehind(old))?.id).toBe(placed[0]?.activityId)
    expect(await originOf(teacher)).toMatchObject({ waitsForTeacher: false, origin: { decision: 'copy' } })
  })

  it('shared: is the same activity, recorded, and can be taken back', async () => {
    const copy = await school.lms.copyCourse('2')
    const [first] = itemsOf(copy.id)
    const teacher = await launchAs(school, 'teacher1', first?.id ?? '')
    expect((await settle(teacher, 'share')).status).toBe(200)
    expect((await activityBehind(teacher))?.id).toBe(placed[0]?.activityId)
    const shares = () => queryAlone('select 1 from activity_shares where course_id = $1', [teacher.data.session.course.id])
    expect(await shares()).toHaveLength(1)
    const sam = await launchAs(school, 'student1', first?.id ?? '')
    expect(sam.data.island).toBe('player')
    const back = await call(teacher, 'DELETE', `/api/placements/${placementOf(teacher)}/share`)
    expect(back.json.overview.activity).toBeNull()
    expect(await shares()).toEqual([])
    expect(await originOf(teacher)).toMatchObject({ waitsForTeacher: true, origin: { decision: null } })
    expect((await launchAs(school, 'student2', first?.id ?? '')).data.island).toBe('empty')
    expect((await call(teacher, 'DELETE', `/api/placements/${placementOf(teacher)}/share`)).status).toBe(404)
  })

  it('decided for all: those that a student opens first later are settled too, one copy for each activity', async () => {
    const copy = await school.lms.copyCourse('2')
    const [first, second, third] = itemsOf(copy.id)
    const teacher = await launchAs(school, 'teacher1', first?.id ?? '')
    await launchAs(school, 'teacher1', second?.id ?? '')
    expect((await originOf(teacher)).origin.undecided).toBe(2)
    expect((await settle(teacher, 'copy', true)).status).toBe(200)
    expect((await launchAs(school, 'student1', second?.id ?? '')).data.island).toBe('player')
    const both = await Promise.all(['student1', 'student2'].map((who) => launchAs(school, who, third?.id ?? '')))
    expect(both.map((it) => it.data.island)).toEqual(['player', 'player'])
    const copies = await queryAlone('select 1 from activities where course_id = $1', [teacher.data.session.course.id])
    expect(copies).toHaveLength(3)
  })

  it('linked anew: the teacher’s other choice counts, and nothing is asked again', async () => {
    const copy = await school.lms.copyCourse('2')
    const [first] = itemsOf(copy.id)
    const teacher = await launchAs(school, 'teacher1', first?.id ?? '')
    const own = await call(teacher, 'POST', '/api/activities', { kind: 'quiz', sampleId: sample })
    const answer = await call(teacher, 'PUT', `/api/placements/${placementOf(teacher)}/activity`, { activityId: own.json.id })
    expect(answer.status).toBe(200)
    const told = await queryAlone(
      `select data->>'activityId' as "activityId" from events where name = 'identity.placement.pointed' and placement_id = $1`,
      [placementOf(teacher)],
    )
    expect(told).toEqual([{ activityId: own.json.id }])
    expect(await originOf(teacher)).toMatchObject({ waitsForTeacher: false, origin: { decision: 'relink' } })
  })

  it('a copy of a copy comes from the nearer one', async () => {
    const fall = await school.lms.copyCourse('2', { title: 'Fall' })
    const [item] = itemsOf(fall.id)
    const inFall = await launchAs(school, 'teacher1', item?.id ?? '')
    await settle(inFall, 'copy')
    const made = await activityBehind(inFall)
    const spring = await school.lms.copyCourse(fall.id, { title: 'Spring' })
    const inSpring = await launchAs(school, 'teacher1', itemsOf(spring.id)[0]?.id ?? '')
    expect((await originOf(inSpring)).origin.courseTitle).toBe('Fall')
    await settle(inSpring, 'share')
    expect((await activityBehind(inSpring))?.id).toBe(made?.id)
  })

  it('without our id: the links’ history tells, or the column’s resourceId', async () => {
    const bare = await school.lms.copyCourse('2')
    const [byHistory, byColumn] = itemsOf(bare.id)
    if (!byHistory || !byColumn) throw new Error('nothing was copied')
    const history = { context_id_history: '$Context.id.history', resource_link_id_history: '$ResourceLink.id.history' }
    Object.assign(byHistory, { url: `${school.origin}/lti/launch`, custom: {} })
    Object.assign(byColumn, { url: `${school.origin}/lti/launch`, custom: {} })
    const claims = { context_id_history: '2', resource_link_id_history: encodeURIComponent(byHistory.history?.[0] ?? '') }
    expect(Object.keys(history)).toEqual(Object.keys(claims))
    Object.assign(byHistory, { custom: claims })
    const first = await launchAs(school, 'teacher1', byHistory.id)
    expect((await originOf(first)).origin).toMatchObject({ courseTitle: 'Introduction to Biology', decision: null })
    const second = await launchAs(school, 'teacher1', byColumn.id)
    expect((await originOf(second)).origin).toMatchObject({ courseTitle: 'Introduction to Biology', decision: null })
    const by = await queryAlone('select found_by from placement_origins where placement_id = any($1::uuid[]) order by 1', [
      [placementOf(first), placementOf(second)],
    ])
    expect(by).toEqual([{ found_by: 'link-history' }, { found_by: 'resource-id' }])
  })
})

describe('an activity’s id in a link', () => {
  it('gives nobody a quiz of a course that they do not teach and that was not copied', async () => {
    school.lms.addPerson({ givenName: 'Mallory', familyName: 'Sandbox', username: 'mallory', courses: {} })
    const mallory = [...school.lms.state.people.values()].find((it) => it.username === 'mallory')
    const course = school.lms.addCourse({
      id: '77',
      label: 'SBX',
      title: 'Sandbox',
      members: [{ personId: mallory?.id ?? '', role: 'instructor' }],
    })
    const custom = { cuepoint_activity_id: placed[0]?.activityId ?? '' }
    const item = school.lms.addItem({
      course: course.id,
      title: 'Mine',
      url: `${school.origin}/lti/launch`,
      custom,
      lineItem: { resourceId: custom.cuepoint_activity_id },
    })
    const seat = await launchAs(school, 'mallory', item.id)
    expect(await originOf(seat)).toEqual({ waitsForTeacher: false, origin: null })
    expect((await settle(seat, 'copy')).status).toBe(404)
    expect(await activityBehind(seat)).toBeUndefined()
  })
})
