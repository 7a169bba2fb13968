// Class lists are fetched every hour while a course is in use, two at a time: by a clock that the test moves, the LMS's with it.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { startSchedules } from '../src/kernel/jobs/schedules.ts'
import { refreshRosters } from '../src/modules/lti/services/roster.ts'
import { eventually, startSchool, type TestSchool } from './_app.ts'
import { launchAs } from './_journey.ts'

const minute = 60_000
const day = 24 * 60 * minute
const courses = ['2', '11', '12', '13', '14']
const items = new Map<string, string>()
let movedMs = 0
const clock = () => Date.now() + movedMs
let school: TestSchool

beforeAll(async () => {
  setClock(clock)
  // No worker: nothing but the schedule asks for class lists, and only when the test lets it look at the clock.
  school = await startSchool({ worker: false, clock, env: { LOG_LEVEL: 'silent' } })
  const members = () =>
    ['3', '5', '6'].map((personId) => ({ personId, role: personId === '3' ? ('instructor' as const) : ('learner' as const) }))
  for (const id of courses) {
    if (id !== '2') school.lms.addCourse({ id, label: `C${id}`, title: `Course ${id}`, members: members() })
    items.set(id, school.lms.addItem({ course: id, title: `Quiz of ${id}` }).id)
  }
  await everybodyCalls()
})
afterEach(() => school.lms.faults.clear())
afterAll(async () => {
  setClock()
  await school?.stop()
})

const calls = (course: string, who: string) => launchAs(school, who, items.get(course) ?? '')
async function everybodyCalls(): Promise<void> {
  for (const course of courses) await calls(course, 'student1')
}
/** A process looks once whether it is time, and does what is due. Answers with the courses whose lists were fetched. */
async function look(): Promise<string[]> {
  const before = school.lms.calls.length
  await startSchedules([refreshRosters]).stop()
  const asked = school.lms.calls.slice(before).filter((it) => it.kind === 'memberships')
  expect(asked.filter((it) => it.status !== 200)).toEqual([])
  return asked.map((it) => it.course ?? '').sort()
}
const all = [...courses].sort()

it('Every course in use is fetched, once an hour and not sooner, however often a process looks', async () => {
  expect(await look()).toEqual(all)
  const [list] = await queryAlone(`select count(*)::int n from rosters where failure is null and refreshed_at is not null`)
  expect(list?.n).toBe(courses.length)
  const [who] = await queryAlone(
    `select count(*)::int n from memberships m join courses c on c.id = m.course_id where c.external_id = '14' and m.status = 'active'`,
  )
  expect(who?.n, 'who never opened anything is on the list').toBe(3)
  expect(await look()).toEqual([])
  movedMs += 59 * minute
  expect(await look()).toEqual([])
  movedMs += 2 * minute
  expect(await look()).toEqual(all)
  movedMs += 61 * minute
  expect(await look()).toEqual(all)
})

it('A course that nobody opened for 14 days is left alone until somebody does; being fetched is not being used', async () => {
  const start = movedMs
  await everybodyCalls()
  movedMs = start + 13 * day
  expect(await look()).toEqual(all)
  await calls('12', 'student2')
  movedMs = start + 14 * day + minute
  expect(await look()).toEqual(['12'])
  await calls('2', 'teacher1')
  movedMs += 61 * minute
  expect(await look()).toEqual(['12', '2'])
  movedMs = start + 29 * day
  expect(await look()).toEqual([])
})

it('Two lists are fetched at a time and no more; an LMS that fails one does not keep the others from being asked', async () => {
  await everybodyCalls()
  movedMs += 61 * minute
  const held: (() => void)[] = []
  school.lms.faults.ags = ({ kind }) => (kind === 'memberships' ? { play: (res) => held.push(() => res.status(503).end()) } : undefined)
  const process = startSchedules([refreshRosters])
  try {
    for (let answered = 0; answered < courses.length; answered++) {
      const underWay = Math.min(answered + 2, courses.length)
      await eventually(`${underWay} were asked for when ${answered} were answered`, () => held.length === underWay)
      held[answered]?.()
    }
  } finally {
    for (const answer of held) answer()
    await process.stop()
  }
  expect(held).toHaveLength(courses.length)
  const failures = await queryAlone<{ failure: string }>('select failure from rosters')
  expect(failures.map((it) => it.failure)).toEqual(courses.map(() => expect.stringMatching(/status 503/)))
})
