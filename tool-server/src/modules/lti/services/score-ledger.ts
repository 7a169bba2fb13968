// One row per placement and learner: the score that is wanted in the LMS, and how far it has come.
// The timestamp is stored before the call, reused on a retry, and rises by at least a second with every new score.
import type { LearningEvent } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { query, queryAlone, type Tx } from '../../../kernel/db.ts'
import { closeParked } from '../../../kernel/events/backlog.ts'
import { holdResults } from '../../assessment/index.ts'

/** Where the scores of a placement go. */
export interface Book {
  placement_id: string
  institution_id: string
  course_id: string
  /** null: the LMS keeps no column for it any more, or not yet. */
  line_item_url: string | null
  line_items_url: string | null
  /** The column was made by us, who may make it again. */
  line_item_made: boolean
  /** There is none yet, and it is ours to make. */
  column_wanted: boolean
  /** What the LMS's last launch allows at this placement. */
  scopes: string[]
}

export interface LedgerRow {
  placement_id: string
  person_id: string
  book: Book
  registration_id: string
  external_id: string
  revision: number
  score: number
  max_score: number
  started_at: Date
  submitted_at: Date
  comment: string | null
  /** The attempt that made the score, and what it is an attempt at. */
  attempt_id: string | null
  activity_id: string | null
  sent_at: Date
  /** An earlier try of this revision may have reached the gradebook. */
  maybe_stored: boolean
}

/** Which score a delivery is about. */
export interface Wanted {
  placementId: string
  personId: string
  revision: number
}

/** Where scores of a placement go; null = the LMS takes none for it. */
export async function scoreRoute(tx: Tx, placementId: string, scope: string): Promise<string | null> {
  const [row] = await query<{ registration_id: string }>(
    tx,
    'select registration_id from placement_services where placement_id = $1 and (line_item_url is not null or column_wanted) and $2 = any (scopes)',
    [placementId, scope],
    'score-route',
  )
  return row?.registration_id ?? null
}

/** The listener that sends them: its parked deliveries are what is sent again. */
export const sendScoreName = 'lti.send-score'

/** The newest wanted score wins; an older event changes nothing. What the LMS has refused before is parked no longer: this one goes instead. */
export async function want(tx: Tx, event: LearningEvent<'assessment.result.changed'>, registrationId: string): Promise<void> {
  const { data } = event
  const [wanted] = await query<{ was: string | null }>(
    tx,
    `with old as (select state from score_ledger where placement_id = $1 and person_id = $2)
     insert into score_ledger (placement_id, person_id, registration_id, revision, score, max_score, started_at, submitted_at, comment, updated_at,
       attempt_id, activity_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (placement_id, person_id) do update set registration_id = excluded.registration_id, revision = excluded.revision, score = excluded.score,
       max_score = excluded.max_score, started_at = excluded.started_at, submitted_at = excluded.submitted_at, comment = excluded.comment,
       attempt_id = excluded.attempt_id, activity_id = excluded.activity_id, state = 'waiting', reason = null, code = null, attempts = 0, read_tries = 0,
       -- Another score of what was handed in before (a teacher's) is no new submission.
       maybe_stored = score_ledger.maybe_stored and $13,
       updated_at = excluded.updated_at
     where excluded.revision > score_ledger.revision
     returning (select state from old) as was`,
    [
      event.placementId,
      event.personId,
      registrationId,
      data.revision,
      data.score,
      data.maxScore,
      data.startedAt,
      data.submittedAt,
      data.comment,
      now(),
      data.attemptId ?? null,
      data.activityId ?? null,
      data.recounted === true,
    ],
    'want-score',
  )
  const { placementId, personId } = event
  if (wanted?.was === 'refused' && placementId && personId) await closeParked(tx, sendScoreName, [{ placementId, personId }])
}

const claimSql = `
with picked as (
  select l.placement_id, l.person_id, l.maybe_stored
  from unnest($1::uuid[], $2::uuid[], $3::int[]) as w (placement_id, person_id, revision)
  join score_ledger l on l.placement_id = w.placement_id and l.person_id = w.person_id
  where l.revision = w.revision and l.accepted_revision < l.revision
  order by l.placement_id, l.person_id for update of l
)
update score_ledger l set state = 'sent', attempts = attempts + 1, sent_revision = l.revision, maybe_stored = true, updated_at = $4,
  sent_at = case when l.sent_revision = l.revision and l.sent_at is not null then l.sent_at
    else greatest($4, l.sent_at + make_interval(secs => $5)) end
from picked join people p on p.id = picked.person_id
where l.placement_id = picked.placement_id and l.person_id = picked.person_id
returning l.placement_id, l.person_id, l.registration_id, p.external_id, l.revision, l.score, l.max_score, l.started_at, l.submitted_at, l.comment,
  l.attempt_id, l.activity_id, l.sent_at, picked.maybe_stored`

// Once for all rows of a placement: most of a batch are of one.
const booksSql = `select s.placement_id, c.institution_id, a.course_id, s.line_item_url, s.line_items_url, s.line_item_made, s.column_wanted, s.scopes
  from placement_services s join placements a on a.id = s.placement_id join courses c on c.id = a.course_id where s.placement_id = any ($1::uuid[])`

/**
 * Takes scores to be sent, and stamps each: a retry gets the time of its first try; a new one is at least `spacing` seconds after
 * the last, and so later in whole seconds too (Moodle compares these, fact 21). What is not among them needs no sending: a newer
 * Result has its own delivery, an accepted one none.
 */
export async function claim(wanted: readonly Wanted[], spacing: number): Promise<LedgerRow[]> {
  const placements = [...new Set(wanted.map((it) => it.placementId))]
  const books = await queryAlone<Book & { [column: string]: unknown }>(booksSql, [placements], 'score-books')
  const bookOf = new Map(books.map((it) => [it.placement_id, it]))
  const once = new Map(wanted.filter((it) => bookOf.has(it.placementId)).map((it) => [`${it.placementId} ${it.personId}`, it]))
  const of = [...once.values()]
  const values = [of.map((it) => it.placementId), of.map((it) => it.personId), of.map((it) => it.revision), now(), spacing]
  const rows = await queryAlone<LedgerRow & { [column: string]: unknown }>(claimSql, values, 'claim-scores')
  for (const row of rows) row.book = bookOf.get(row.placement_id) as Book
  return rows
}

/**
 * Before many rows are changed: the Results and the ledger of these are locked, in this order and in one order of their own. So does
 * everybody who locks several (`claim` the ledger alone), or two of them would stop each other.
 */
export async function holdBooks(tx: Tx, of: readonly { placementId: string; personId: string }[]): Promise<void> {
  await Promise.all([
    holdResults(tx, of),
    query(
      tx,
      `select 1 from score_ledger l join unnest($1::uuid[], $2::uuid[]) as v (placement_id, person_id)
         on l.placement_id = v.placement_id and l.person_id = v.person_id
       order by l.placement_id, l.person_id for no key update of l`,
      [of.map((it) => it.placementId), of.map((it) => it.personId)],
      'hold-ledger',
    ),
  ])
}

/** A later time for the same revision: later than the last, and where it is known later than what the LMS holds. */
export async function restamp(row: LedgerRow, spacing: number, after: Date | null): Promise<Date> {
  const [stamped] = await queryAlone<{ sent_at: Date }>(
    `update score_ledger set updated_at = $4,
       sent_at = greatest($4, sent_at + make_interval(secs => $5), $6::timestamptz + make_interval(secs => $5))
     where placement_id = $1 and person_id = $2 and revision = $3 returning sent_at`,
    [row.placement_id, row.person_id, row.revision, now(), spacing, after],
    'restamp-score',
  )
  return stamped?.sent_at ?? now()
}
