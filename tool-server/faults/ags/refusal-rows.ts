// What the LMS refuses for good, until somebody mends it: parked with a reason that the student and the teacher see, nothing tried
// without end, the others not held up; and when it is mended, sent.
import { randomUUID } from 'node:crypto'
import type { Fault } from '../../../fixtures/lms-simulator/index.ts'
import { now } from '../../src/kernel/clock.ts'
import { queryAlone, transaction } from '../../src/kernel/db.ts'
import { record } from '../../src/kernel/events/outbox.ts'
import { resendScores } from '../../src/modules/lti/services/sending-again.ts'
import type { Row } from '../family.ts'
import { differences, lineItemOf, sentTo } from './comparison.ts'
import type { SchoolClass, Seat } from './school-class.ts'
import type { Run, Stage } from './stage.ts'

/** The teacher of the class presses "send again". */
async function sendAgain({ institutionId, courseId, placementId, activityId, registrationId: _, ...rest }: SchoolClass): Promise<void> {
  const caller = {
    ...{ sessionId: randomUUID(), institutionId, courseId, placementId, activityId, personId: rest.seats[0]?.personId ?? null },
    ...{ role: 'instructor', purpose: 'open', locale: 'en', expiresAt: new Date(now().getTime() + 3_600_000) },
  } as unknown as Parameters<typeof resendScores>[0]
  await resendScores(caller, placementId, null)
}

/** No score of these was tried more than once. */
const hotLoops = (of: SchoolClass, seats: readonly Seat[]): string[] =>
  seats.flatMap((seat) => {
    const tries = new Map<number, number>()
    for (const { score } of sentTo(of, seat)) tries.set(score, (tries.get(score) ?? 0) + 1)
    return [...tries]
      .filter(([, count]) => count > 1)
      .map(([score, count]) => `${score} of learner ${seat.person} was tried ${count} times`)
  })

export function refusalRows(stage: Stage): Row[] {
  return [
    {
      name: 'scope-missing',
      does: 'the LMS takes the permission to write grades away (403), later an administrator gives it back',
      holds: 'parked with the reason, tried once; sent when it is asked for again',
      async play(chance) {
        const run = await stage.begin(chance)
        const body = run.lmsName === 'canvas' ? JSON.stringify({ errors: { message: 'Insufficient permissions' } }) : ''
        run.lms.faults.ags = ({ kind }): Fault | undefined => (kind === 'score' ? { status: 403, body } : undefined)
        const seats = await run.handIn(chance.whole(1, 8))
        await run.settle()
        const refused = new Set(seats)
        const wrong = [...(await run.differences((seat) => (refused.has(seat) ? 'refused' : 'accepted'))), ...hotLoops(run.class, seats)]
        run.lms.faults.clear()
        await run.handIn(chance.whole(0, 3))
        await sendAgain(run.class)
        await run.settle()
        return [...wrong, ...(await run.differences())]
      },
    },
    {
      name: 'not-a-student',
      does: 'learners leave the course in the LMS (422 or 400) or it says 412, later they are on the class list again',
      holds: 'theirs are parked with the reason and tried once, the others arrive; the new class list sends them',
      async play(chance) {
        const run = await stage.begin(chance)
        const gone = chance.some(run.class.seats, chance.whole(1, 4))
        const course = [...run.lms.state.courses.values()].find((it) => it.id === run.lms.state.items.get(run.class.itemId)?.courseId)
        const odd = chance.isTrue(0.3)
        const people = new Set(gone.map((it) => it.person))
        if (odd)
          run.lms.faults.ags = ({ kind, body }) =>
            kind === 'score' && people.has((JSON.parse(body ?? '{}') as { userId: string }).userId) ? { status: 412, body: '' } : undefined
        else for (const { person } of gone) run.lms.dropPerson(course?.id ?? '', person)
        const seats = [...new Set([...(await run.handIn(chance.whole(2, 6))), ...(await run.handInOf(gone))])]
        await run.settle()
        const refused = new Set(gone)
        const wrong = [
          ...(await run.differences((seat) => (refused.has(seat) ? 'refused' : 'accepted'))),
          ...hotLoops(
            run.class,
            seats.filter((it) => refused.has(it)),
          ),
        ]
        run.lms.faults.clear()
        if (!odd) for (const { person } of gone) course?.members.push({ personId: person, role: 'learner' })
        await newClassList(run, gone)
        await run.settle()
        return [...wrong, ...(await run.differences())]
      },
    },
    {
      name: 'attempts-used-up',
      does: 'Canvas takes no further submission (422), later the teacher allows more',
      holds: 'parked with the reason; sent when it is asked for again',
      async play(chance) {
        const run = await stage.begin(chance, { lms: 'canvas', of: 'attempts' })
        const column = run.lms.state.lineItems.get(await lineItemOf(run.class))
        if (!column) throw new Error('the column is gone')
        column.allowedAttempts = 0
        const seats = await run.handIn(chance.whole(2, 8))
        await run.settle()
        const last = (seat: Seat) => sentTo(run.class, seat).at(-1)
        const wrong = [
          ...(await run.differences((seat) => (last(seat)?.accepted === false ? 'refused' : 'accepted'))),
          ...hotLoops(run.class, seats),
        ]
        delete column.allowedAttempts
        await sendAgain(run.class)
        await run.settle()
        return [...wrong, ...(await run.differences())]
      },
    },
    {
      name: 'column-deleted',
      does: 'the column is deleted in the LMS (404 or 410), later it is there again',
      holds: 'parked with the reason; the other columns of the LMS go on; sent when it is asked for again',
      async play(chance) {
        const run = await stage.begin(chance, { of: 'column' })
        const other = await stage.classAt(run.lmsName)
        const { lineItems } = run.lms.state
        const id = await lineItemOf(run.class)
        const column = lineItems.get(id)
        if (!column) throw new Error('the column is gone')
        if (chance.isTrue()) lineItems.delete(id)
        else run.lms.faults.ags = ({ kind, lineItem }) => (kind === 'score' && lineItem === id ? { status: 410, body: '' } : undefined)
        const seats = await run.handIn(chance.whole(1, 6))
        await run.handIn(chance.whole(1, 6), other)
        await run.settle()
        lineItems.set(id, column)
        const refused = new Set(seats)
        const wrong = [
          ...(await run.differences((seat) => (refused.has(seat) ? 'refused' : 'accepted'))),
          ...(await differences(other)),
          ...hotLoops(run.class, seats),
        ]
        run.lms.faults.clear()
        await sendAgain(run.class)
        await run.settle()
        return [...wrong, ...(await run.differences())]
      },
    },
    {
      name: 'column-made-again',
      does: 'a column that Cuepoint made is deleted in the LMS',
      holds: 'it is made again, once, and all scores of the activity stand in it',
      async play(chance) {
        const run = await stage.begin(chance, { of: 'made' })
        await run.handIn(chance.whole(1, 8))
        await run.settle()
        await queryAlone('update placement_services set line_item_made = true where placement_id = $1', [run.class.placementId])
        const { lineItems } = run.lms.state
        const before = new Set(lineItems.keys())
        lineItems.delete(await lineItemOf(run.class))
        await run.handIn(chance.whole(1, 8))
        await run.settle()
        const made = [...lineItems.keys()].filter((id) => !before.has(id)).length
        return [...(made === 1 ? [] : [`${made} columns were made`]), ...(await run.differences())]
      },
    },
    {
      name: 'older-time',
      does: 'the gradebook holds a later time (409 or 400): of another score, or of the same one',
      holds: 'compared with Results: the same one counts as there, another is sent with a later time',
      async play(chance) {
        const run = await stage.begin(chance)
        const seats = await run.handIn(chance.whole(1, 6))
        const ahead = chance.whole(1, 3_600) * 1000
        const column = await lineItemOf(run.class)
        for (const seat of seats) {
          const key = `${column} ${seat.person}`
          const old = run.lms.state.grades.get(key)
          const at = Math.floor((stage.clock.lms() + ahead) / 1000) * 1000
          const isSame = chance.isTrue()
          const score = isSame ? (seat.given.at(-1)?.score ?? 0) : (old?.score ?? 0)
          const usual = { lineItemId: column, personId: seat.person, maximum: 10, comment: null, submissions: 0 }
          run.lms.state.grades.set(key, { ...usual, ...old, score, timeSeconds: at / 1000, timestamp: new Date(at).toISOString() })
        }
        await run.settle()
        const often = seats.filter((seat) => sentTo(run.class, seat).length > 3)
        return [...(await run.differences()), ...often.map((seat) => `learner ${seat.person} was sent more than three times`)]
      },
    },
  ]
}

async function newClassList({ class: of }: Run, back: readonly Seat[]): Promise<void> {
  const { institutionId, courseId } = of
  const data = { people: of.seats.length, added: back.map((it) => it.personId), roleChanged: [], left: [] }
  await transaction((tx) =>
    record(tx, { name: 'identity.roster.refreshed', institutionId, courseId, personId: null, placementId: null, data }),
  )
}
