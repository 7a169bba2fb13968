// An LMS that was away comes back to find a school's grades waiting: what then happened, in figures. For a test of some hundred learners,
// and for `npm run faults -- many --learners 10000` by hand.
import { randomUUID } from 'node:crypto'
import { queryAlone, transaction } from '../src/kernel/db.ts'
import { recordAll } from '../src/kernel/events/outbox.ts'
import type { Attempt } from '../src/modules/assessment/assessment.models.ts'
import { type ClosingEvent, writeEffective } from '../src/modules/assessment/results.ts'
import { eventually, type TestSchool } from './_app.ts'
import { launchAs, placeSample } from './_journey.ts'

/** For a school started so: a worker that serves scores only. */
export const manyGradesEnv = { LOG_LEVEL: 'silent', WORKER_LISTENS: 'lti.send-score' }

export interface ManyGrades {
  /** While the LMS was away. */
  meanwhile: { accepted: number; waiting: number }
  /** Scores that the LMS took, the learners whom they are of, and those that were not the newest of their learner. */
  accepted: number
  people: number
  older: number
  /** Learners whose grade in the gradebook is not their newest. */
  wrong: number
  statuses: number[]
  /** Calls under way at once, at most. */
  most: number
  ledgerAccepted: number
  shownAccepted: number
  /** From the moment in which the LMS was back. */
  tookMs: number
}

interface Place {
  placementId: string
  courseId: string
  institutionId: string
  activityId: string
}
type People = { id: string; external_id: string }[]

/** These learners have a new Result, all in one moment, as the end of an exam makes them. By the LMS's id of each, the score. */
async function haveResults(place: Place, who: People, scoreOf: (at: number) => number): Promise<Map<string, number>> {
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

async function placeAndClass(school: TestSchool, learners: number): Promise<{ place: Place; people: People; lineItem: string }> {
  const { itemId, activityId } = await placeSample(school)
  const lineItem = school.lms.state.items.get(itemId)?.lineItemId ?? ''
  const { data } = await launchAs(school, 'teacher1', itemId)
  const { placement, course } = data.session
  const [known] = await queryAlone<{ institution_id: string }>('select institution_id from courses where id = $1', [course.id])
  const place = { placementId: placement.id, courseId: course.id, institutionId: known?.institution_id ?? '', activityId }
  const ids = Array.from({ length: learners }, (_, n) => `many-${lineItem}-${n}`)
  for (const id of ids) school.lms.addPerson({ id, givenName: 'Learner', familyName: id, courses: { '2': 'learner' } })
  const people = await queryAlone<People[number] & { [column: string]: unknown }>(
    `insert into people (id, institution_id, external_id) select gen_random_uuid(), $1, said from unnest($2::text[]) said returning id, external_id`,
    [place.institutionId, ids],
  )
  // In the order in which everybody locks Results (`holdResults`).
  people.sort((a, b) => (a.id < b.id ? -1 : 1))
  return { place, people, lineItem }
}

type Said = { userId: string; scoreGiven: number }

export async function lmsComesBack(school: TestSchool, learners: number): Promise<ManyGrades> {
  const { place, people, lineItem } = await placeAndClass(school, learners)
  const counted = async (sql: string): Promise<number> =>
    Number((await queryAlone<{ n: string }>(`select count(*) n from ${sql}`, [place.placementId]))[0]?.n)
  const patienceMs = 60_000 + learners * 60
  school.lms.scores.length = 0
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
  const sent = () => school.lms.scores.map((it) => ({ ...it, body: it.body as Said }))
  const arrived = () => sent().filter((it) => it.accepted)
  const wanted = await haveResults(place, people, (at) => (at % 500) / 100)
  await eventually('the LMS was found to be away', () => asked > learners / 3, patienceMs)
  // Meanwhile every third learner has done better: what they had is not wanted any more.
  const better = people.filter((_, at) => at % 3 === 0)
  for (const [person, score] of await haveResults(place, better, (at) => 5 + (at % 500) / 100)) wanted.set(person, score)
  const waiting = await counted(`score_ledger where placement_id = $1 and state in ('waiting', 'sent')`)
  const meanwhile = { accepted: arrived().length, waiting }

  away = false
  const began = performance.now()
  await eventually(
    'all are in the gradebook',
    async () => {
      // As if the time of the next try had come.
      await queryAlone(`update deliveries set due_at = now() where state = 'due' and due_at > now()`)
      return school.lms.scores.filter((it) => it.accepted).length >= learners
    },
    patienceMs,
  )
  const tookMs = performance.now() - began
  const left = `deliveries d join events e on e.id = d.event_id
    where e.placement_id = $1 and d.listener = 'lti.send-score' and d.state <> 'done'`
  await eventually('nothing is left to do', async () => (await counted(left)) === 0, patienceMs)

  const accepted = arrived()
  const { scoreMaximum = 0 } = school.lms.state.lineItems.get(lineItem) ?? {}
  const held = (person: string) => school.lms.state.grades.get(`${lineItem} ${person}`)?.score ?? -1
  return {
    meanwhile,
    accepted: accepted.length,
    people: new Set(accepted.map((it) => it.body.userId)).size,
    older: accepted.filter((it) => it.body.scoreGiven !== wanted.get(it.body.userId)).length,
    wrong: [...wanted].filter(([person, score]) => Math.abs(held(person) - (score * scoreMaximum) / 10) > 1e-3).length,
    statuses: [...new Set(sent().map((it) => it.status))].sort(),
    most,
    ledgerAccepted: await counted(`score_ledger where placement_id = $1 and state = 'accepted' and accepted_revision = revision`),
    shownAccepted: await counted(`results where placement_id = $1 and sync_state = 'accepted'`),
    tookMs,
  }
}
