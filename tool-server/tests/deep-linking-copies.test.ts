// Copies from one's other courses, and where activities are placed: what the studio shows besides this course's own list.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { startSchool, type TestSchool, type Wire } from './_app.ts'
import { openPicker } from './_deep-linking.ts'
import { launchAs, placeSample } from './_journey.ts'

let school: TestSchool
/** A second course that teacher1 teaches, and a third that they do not. */
const courses = { mine: '', foreign: '' }
beforeAll(async () => {
  school = await startSchool({ worker: false })
  const { lms } = school
  const teacher = [...lms.state.people.values()].find((each) => each.username === 'teacher1')?.id as string
  const stranger = lms.addPerson({ username: 'teacher9', givenName: 'Nina', familyName: 'New', courses: {} }).id
  courses.mine = lms.addCourse({ id: '71', label: 'B2', title: 'Botany', members: [{ personId: teacher, role: 'instructor' }] }).id
  courses.foreign = lms.addCourse({ id: '72', label: 'Z1', title: 'Zoology', members: [{ personId: stranger, role: 'instructor' }] }).id
})
afterAll(() => school.stop())

const make = async (picker: { ask: Wire }, body: object): Promise<Wire> => (await picker.ask('POST', '/api/activities', body)).json

it('An activity of another course of mine is copied with its topics, published as it is there, and the copy is recorded', async () => {
  const there = await openPicker(school, { course: courses.mine })
  const source = await make(there, { kind: 'quiz', sampleId: 'rivers-and-climate' })
  const draft = await make(there, { kind: 'quiz', title: 'Half done' })
  const here = await openPicker(school)
  const listed = (await here.ask('GET', '/api/other-courses')).json.courses
  expect(listed).toHaveLength(1)
  expect(listed[0]).toMatchObject({ title: 'Botany', label: 'B2' })
  expect(listed[0].activities.map((one: Wire) => one.title).toSorted()).toEqual(['Half done', source.title].toSorted())

  const copy = await here.ask('POST', `/api/other-courses/${listed[0].id}/activities/${source.id}/copy`)
  expect(copy.status).toBe(200)
  expect(copy.json).toMatchObject({ title: source.title, draftAhead: false, published: { number: 1, maxScore: source.maxScore } })
  expect(copy.json.id).not.toBe(source.id)
  const topics = new Set((await here.ask('GET', '/api/topics')).json.topics.map((one: Wire) => one.id))
  const named = copy.json.document.questions.flatMap((one: Wire) => one.topicIds)
  expect(named.length).toBeGreaterThan(0)
  for (const id of named) expect(topics.has(id)).toBe(true)
  const [recorded] = await queryAlone<Wire>('select * from activity_copies where activity_id = $1', [copy.json.id])
  expect(recorded).toMatchObject({ source_activity_id: source.id, source_version_id: source.published.versionId })
  const [told] = await queryAlone<Wire>(`select data from events where name = 'content.activity.copied' order by sequence desc limit 1`)
  expect(told.data).toMatchObject({ activityId: copy.json.id, fromActivityId: source.id, fromCourseId: listed[0].id })

  const half = await here.ask('POST', `/api/other-courses/${listed[0].id}/activities/${draft.id}/copy`)
  expect(half.json).toMatchObject({ title: 'Half done', published: null })
  // What is done to the copy does not touch the source.
  await here.ask('DELETE', `/api/activities/${copy.json.id}`)
  expect((await there.ask('GET', `/api/activities/${source.id}`)).status).toBe(200)
})

it('A course that I do not teach is neither listed nor copied from', async () => {
  const strangers = await openPicker(school, { person: 'teacher9', course: courses.foreign })
  const theirs = await make(strangers, { kind: 'quiz', sampleId: 'rivers-and-climate' })
  const [row] = await queryAlone<{ id: string }>('select course_id as id from activities where id = $1', [theirs.id])
  const here = await openPicker(school)
  expect(JSON.stringify((await here.ask('GET', '/api/other-courses')).json)).not.toContain(theirs.id)
  const refused = await here.ask('POST', `/api/other-courses/${row?.id}/activities/${theirs.id}/copy`)
  expect([refused.status, refused.json.code]).toEqual([404, 'activity_not_found'])
})

it('Says where an activity is placed and how many attempts run there', async () => {
  const { itemId, activityId } = await placeSample(school)
  await launchAs(school, 'teacher1', itemId)
  await launchAs(school, 'student1', itemId)
  await launchAs(school, 'student2', itemId)
  const here = await openPicker(school)
  const { placed } = (await here.ask('GET', '/api/placed-activities')).json
  const title = school.lms.state.items.get(itemId)?.title
  expect(placed.filter((one: Wire) => one.activityId === activityId)).toEqual([
    { activityId, placementId: expect.any(String), title, otherCourse: null, running: 2 },
  ])
  const there = await openPicker(school, { course: courses.mine })
  expect((await there.ask('GET', '/api/placed-activities')).json.placed).toEqual([])
})
