// After a run: what the learners have in the tool (Results), what the ledger says of it, and what stands in the LMS's gradebook must be
// one and the same; and of all that was sent, nothing older over something newer, nothing twice. Answers with what is not so.
import type { ScoreCall } from '../../../fixtures/lms-simulator/index.ts'
import { queryAlone } from '../../src/kernel/db.ts'
import type { SchoolClass, Seat } from './school-class.ts'

export type Fate = 'accepted' | 'refused'

interface Row {
  person_id: string
  result_revision: number
  result_score: number
  sync_state: string
  sync_revision: number
  sync_reason: string | null
  ledger_revision: number | null
  ledger_score: number | null
  state: string | null
  accepted_revision: number | null
  reason: string | null
  [column: string]: unknown
}

/** `fateOf`: whether the LMS must have taken the newest score of a learner, or must have refused it. */
export async function differences(of: SchoolClass, fateOf: (seat: Seat) => Fate = () => 'accepted'): Promise<string[]> {
  const rows = await queryAlone<Row>(
    `select r.person_id, r.revision as result_revision, r.score as result_score, r.sync_state, r.sync_revision, r.sync_reason,
       l.revision as ledger_revision, l.score as ledger_score, l.state, l.accepted_revision, l.reason
     from results r left join score_ledger l using (placement_id, person_id) where r.placement_id = $1`,
    [of.placementId],
  )
  const byPerson = new Map(rows.map((row) => [row.person_id, row]))
  const lineItemId = await lineItemOf(of)
  const wrong: string[] = []
  for (const seat of of.seats) {
    const last = seat.given.at(-1)
    if (!last) continue
    const row = byPerson.get(seat.personId)
    const say = (words: string): void => void wrong.push(`learner ${seat.person} revision ${last.revision}: ${words}`)
    if (!row) {
      say('there is no Result')
      continue
    }
    if (row.result_revision !== last.revision || row.result_score !== last.score)
      say(`the Result is ${row.result_revision}, ${row.result_score}`)
    if (row.ledger_revision !== last.revision || row.ledger_score !== last.score)
      say(`the ledger wants ${row.ledger_revision}, ${row.ledger_score}`)
    const fate = fateOf(seat)
    if (row.sync_state !== fate || row.sync_revision !== last.revision)
      say(`the student sees ${row.sync_state} of ${row.sync_revision} (${row.sync_reason}) and not ${fate}`)
    if (fate === 'accepted') {
      if (row.accepted_revision !== last.revision || (row.state !== 'accepted' && row.state !== 'read_back'))
        say(`the ledger says ${row.state}, accepted ${row.accepted_revision}`)
      const held = of.lms.state.grades.get(`${lineItemId} ${seat.person}`)?.score
      if (held !== last.score) say(`the gradebook holds ${held} and not ${last.score}`)
    } else {
      if (row.state !== 'refused' || !row.reason) say(`the ledger says ${row.state} (${row.reason})`)
      if (!row.sync_reason) say('the student sees no reason')
    }
    wrong.push(...wrongSendings(seat, sentTo(of, seat)))
  }
  return [...wrong, ...(await leftOver(of))]
}

/** The column that the tool now sends to. */
export async function lineItemOf({ lms, placementId }: SchoolClass): Promise<string> {
  const [row] = await queryAlone<{ line_item_url: string | null }>('select line_item_url from placement_services where placement_id = $1', [
    placementId,
  ])
  return [...lms.state.lineItems.keys()].find((id) => lms.platform.lineItemUrl(id) === row?.line_item_url) ?? ''
}

interface Sent {
  score: number
  at: number
  accepted: boolean
  /** It made a submission at the LMS, where the LMS counts them. */
  isSubmission: boolean
}

const canvas = 'https://canvas.instructure.com/lti/submission'

export function sentTo(of: SchoolClass, seat: Seat): Sent[] {
  return of.lms.scores
    .map((it) => ({ ...it, said: it.body as Body }))
    .filter(({ said }) => said?.userId === seat.person)
    .map(({ said, accepted }: ScoreCall & { said: Body }) => ({
      score: said.scoreGiven,
      at: Date.parse(said.timestamp),
      accepted,
      isSubmission: accepted && canvas in said && (said[canvas] as { new_submission?: boolean }).new_submission !== false,
    }))
}

/** How many scores were sent for these learners in this run, whatever became of them. */
export function timesSent(of: SchoolClass): number {
  const people = new Set(of.seats.map((it) => it.person))
  return of.lms.scores.filter((it) => people.has((it.body as Body)?.userId)).length
}

interface Body extends Record<string, unknown> {
  userId: string
  scoreGiven: number
  timestamp: string
}

function wrongSendings(seat: Seat, sent: readonly Sent[]): string[] {
  const revisions = new Map(seat.given.map((it) => [it.score, it]))
  const wrong: string[] = []
  const say = (words: string): void => void wrong.push(`learner ${seat.person}: ${words}`)
  let newest = 0
  const times = new Map<number, { first: number; last: number }>()
  const submissions = new Map<number, number>()
  for (const { score, at, accepted, isSubmission } of sent) {
    const given = revisions.get(score)
    if (!given) {
      say(`${score} was sent and is none of theirs`)
      continue
    }
    const { revision } = given
    if (accepted && revision < newest) say(`revision ${revision} was taken after ${newest}`)
    if (accepted) newest = Math.max(newest, revision)
    const known = times.get(revision)
    if (known && at < known.last) say(`revision ${revision} went back in time`)
    times.set(revision, { first: known?.first ?? at, last: Math.max(known?.last ?? at, at) })
    if (isSubmission) submissions.set(revision, (submissions.get(revision) ?? 0) + 1)
  }
  const inOrder = [...times].sort(([one], [other]) => one - other)
  inOrder.forEach(([revision, { first }], at) => {
    const before = inOrder[at - 1]
    if (before && first - before[1].last < 1000) say(`revision ${revision} is ${first - before[1].last} ms after ${before[0]}`)
  })
  for (const [revision, count] of submissions) if (count > 1) say(`revision ${revision} made ${count} submissions`)
  return wrong
}

/** What waits, or was given up though the ledger does not say so. */
async function leftOver({ placementId }: SchoolClass): Promise<string[]> {
  const rows = await queryAlone<{ state: string; listener: string; last_error: string | null }>(
    `select d.state, d.listener, d.last_error from deliveries d join events e on e.id = d.event_id
     left join score_ledger l on l.placement_id = e.placement_id and l.person_id = e.person_id
     where e.placement_id = $1 and (d.state = 'due' or d.state = 'parked' and l.state is distinct from 'refused')
       and d.listener = 'lti.send-score'`,
    [placementId],
  )
  return rows.map((row) => `a delivery of ${row.listener} is left ${row.state}: ${row.last_error}`)
}
