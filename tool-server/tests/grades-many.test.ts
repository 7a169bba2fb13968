// An LMS that was away comes back to find a school's grades waiting: they come in at the pace that it bears, each learner's newest, once.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { queryAlone, transaction } from '../src/kernel/db.ts'
import { recordAll } from '../src/kernel/events/outbox.ts'
import type { Attempt } from '../src/modules/assessment/assessment.models.ts'
import { type ClosingEvent, writeEffective } from '../src/modules/assessment/results.ts'
import { eventually, startSchool, type TestSchool } from './_app.ts'
import { launchAs, placeSample } from './_journey.ts'

const learners = 600
const mostAtOnce = 6
let school: TestSchool
let lineItem: string
let place: { placementId: string; courseId: string; institutionId: string; activityId: string }
let people: { id: string; external_id: string }[]

beforeAll(async () => {
  school = await startSchool({ env: { LOG_LEVEL: 'silent', WORKER_LISTENS: 'lti.send-score' } })
  const { itemId, activityId } = await placeSample(school)
  lineItem = school.lms.state.items.get(itemId)?.lineItemId ?? ''
  const { data } = await launchAs(school, 'teacher1', itemId)
  const { placement, course } = data.session
  const [known] = await queryAlone<{ institution_id: string }>('select institution_id from courses where id = $1', [course.id])
  place = { placementId: placement.id, courseId: course.id, institutionId: known?.institution_id ?? '', activityId }
  for (let n = 0; n < learners; n++)
    school.lms.addPerson({ id: `many-${n}`, givenName: 'Learner', familyName: `${n}`, courses: { '2': 'learner' } })
  people = await queryAlone(
    `insert into people (id, institution_id, external_id) select gen_random_uuid(), $1, 'many-' || n from generate_series(0, $2::int - 1) n
     returning id, external_id`,
    [place.institutionId, learners],
  )
})
afterAll(() => school?.stop())

/** These learners have a new Result, all in one moment, as the end of an exam makes them. By the LMS's id of each, the score. */
async function haveResults(who: typeof people, scoreOf: (at: number) => number): Promise<Map<string, number>> {
  const at = new Date()
  const scores = new Map<string, number>()
  await transaction(async (tx) => {
    const events: ClosingEvent[] = []
    for (const [index, { id, external_id }] of who.entries()) {
      const score = scoreOf(index)
      scores.set(external_id, score)
      const counted = { score, maxScore: 10, attempts: 1, startedAt: at, submittedAt: at, attemptId: randomUUID() }
      const attempt = { ...place, personId: id } as unknown as Attempt
      events.push(await writeEffective(tx, [attempt], { ...counted, overridden: false, comment: null }, at, false))
    }
    await recordAll(tx, events)
  })
  return scores
}
type Said = { userId: string; scoreGiven: number; scoreMaximum: number }
const sent = () => school.lms.scores.map((it) => ({ ...it, body: it.body as Said }))
const counted = async (sql: string): Promise<number> =>
  Number((await queryAlone<{ n: string }>(`select count(*) n from ${sql}`, [place.placementId]))[0]?.n)

it(`${learners} grades that waited for the LMS all arrive, once each and the newest only, never more than ${mostAtOnce} at a time`, async () => {
  let away = true
  let asked = 0
  let most = 0
  school.lms.faults.ags = ({ kind }) => {
    if (kind !== 'score') return undefined
    // A call is written down when it ends.
    most = Math.max(most, ++asked - school.lms.scores.length)
    // So long that those which are under way together meet there.
    return { delayMs: 5, ...(away ? { status: 503 } : {}) }
  }
  const wanted = await haveResults(people, (at) => (at % 500) / 100)
  await eventually('the LMS was found to be away', () => asked > 200, 60_000)
  // Meanwhile every third learner has done better: what they had is not wanted any more.
  for (const [person, score] of await haveResults(
    people.filter((_, at) => at % 3 === 0),
    (at) => 5 + (at % 500) / 100,
  ))
    wanted.set(person, score)
  expect(sent().filter((it) => it.accepted)).toEqual([])
  expect(await counted(`score_ledger where placement_id = $1 and state in ('waiting', 'sent')`)).toBe(learners)

  away = false
  const arrived = () => sent().filter((it) => it.accepted)
  await eventually(
    'all are in the gradebook',
    async () => {
      // As if the time of the next try had come.
      await queryAlone(`update deliveries set due_at = now() where state = 'due' and due_at > now()`)
      return arrived().length >= learners
    },
    90_000,
  )
  await eventually(
    'nothing is left to do',
    async () =>
      (await counted(`deliveries d join events e on e.id = d.event_id
    where e.placement_id = $1 and d.listener = 'lti.send-score' and d.state <> 'done'`)) === 0,
    60_000,
  )

  const accepted = arrived()
  expect(accepted).toHaveLength(learners)
  expect(new Set(accepted.map((it) => it.body.userId)).size).toBe(learners)
  expect(accepted.filter((it) => it.body.scoreGiven !== wanted.get(it.body.userId))).toEqual([])
  const { scoreMaximum = 0 } = school.lms.state.lineItems.get(lineItem) ?? {}
  const wrong = [...wanted].filter(
    ([person, score]) => Math.abs((school.lms.state.grades.get(`${lineItem} ${person}`)?.score ?? -1) - (score * scoreMaximum) / 10) > 1e-3,
  )
  expect(wrong).toEqual([])
  expect(new Set(sent().map((it) => it.status))).toEqual(new Set([503, 200]))
  expect(most).toBeLessThanOrEqual(mostAtOnce)
  expect(most).toBeGreaterThan(1)
  expect(await counted(`score_ledger where placement_id = $1 and state = 'accepted' and accepted_revision = revision`)).toBe(learners)
  expect(await counted(`results where placement_id = $1 and sync_state = 'accepted'`)).toBe(learners)
})
