// One row per placement and learner: the score that is wanted in the LMS, and how far it has come.
// The timestamp is stored before the call, reused on a retry, and rises by at least a second with every new score.
import type { LearningEvent } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { query, queryAlone, type Tx, transaction } from '../../../kernel/db.ts'
import { record } from '../../../kernel/events/outbox.ts'

export interface LedgerRow {
  placement_id: string
  person_id: string
  registration_id: string
  line_item_url: string
  /** What the LMS's last launch allows at this placement. */
  scopes: string[]
  external_id: string
  revision: number
  score: number
  max_score: number
  started_at: Date
  submitted_at: Date
  comment: string | null
  sent_revision: number
  sent_at: Date | null
  accepted_revision: number
  attempts: number
}

/** Where scores of a placement go; null = the LMS takes none for it. */
export async function scoreRoute(tx: Tx, placementId: string, scope: string): Promise<string | null> {
  const [row] = await query<{ registration_id: string }>(
    tx,
    'select registration_id from placement_services where placement_id = $1 and line_item_url is not null and $2 = any (scopes)',
    [placementId, scope],
    'score-route',
  )
  return row?.registration_id ?? null
}

/** The newest wanted score wins; an older event changes nothing. */
export async function want(tx: Tx, event: LearningEvent<'assessment.result.changed'>, registrationId: string): Promise<void> {
  const { data } = event
  await query(
    tx,
    `insert into score_ledger (placement_id, person_id, registration_id, revision, score, max_score, started_at, submitted_at, comment, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (placement_id, person_id) do update set registration_id = excluded.registration_id, revision = excluded.revision, score = excluded.score,
       max_score = excluded.max_score, started_at = excluded.started_at, submitted_at = excluded.submitted_at, comment = excluded.comment,
       state = 'waiting', reason = null, attempts = 0, updated_at = excluded.updated_at
     where excluded.revision > score_ledger.revision`,
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
    ],
    'want-score',
  )
}

export async function ledgerRow(placementId: string, personId: string): Promise<LedgerRow | undefined> {
  const [row] = await queryAlone<LedgerRow>(
    `select l.*, s.line_item_url, s.scopes, p.external_id from score_ledger l join placement_services s on s.placement_id = l.placement_id
     join people p on p.id = l.person_id where l.placement_id = $1 and l.person_id = $2`,
    [placementId, personId],
    'ledger-row',
  )
  return row
}

/**
 * The timestamp to send this revision with: a retry gets the one of its first try; a new one is at least `spacing` seconds after the
 * last, and so later in whole seconds too (Moodle compares these, fact 21). `after` asks for a later one for the same revision, if not
 * null also later than what the LMS holds.
 */
export async function stamp(row: LedgerRow, spacing: number, after?: Date | null): Promise<Date> {
  const [stamped] = await queryAlone<{ sent_at: Date }>(
    `update score_ledger set attempts = attempts + 1, sent_revision = $3, updated_at = $4,
       sent_at = case when sent_revision = $3 and sent_at is not null and not $6 then sent_at
         else greatest($4, sent_at + make_interval(secs => $5), $7::timestamptz + make_interval(secs => $5)) end
     where placement_id = $1 and person_id = $2 returning sent_at`,
    [row.placement_id, row.person_id, row.revision, now(), spacing, after !== undefined, after ?? null],
    'stamp-score',
  )
  return stamped?.sent_at ?? now()
}

/** Writes the end of a try and tells it, in one transaction; an older revision than the one already settled is ignored. */
export async function settle(
  event: LearningEvent<'assessment.result.changed'>,
  revision: number,
  end: { state: 'accepted' } | { state: 'refused'; reason: string },
): Promise<void> {
  const { institutionId, courseId, personId, placementId } = event
  await transaction(async (tx) => {
    const rows = await query(
      tx,
      `update score_ledger set state = $4, accepted_revision = case when $4 = 'accepted' then $3 else accepted_revision end, reason = $5, last_answer = $5, updated_at = $6
       where placement_id = $1 and person_id = $2 and revision = $3 and (state <> $4 or accepted_revision < $3) returning revision`,
      [placementId, personId, revision, end.state, end.state === 'refused' ? end.reason : null, now()],
      'settle-score',
    )
    if (rows.length === 0) return
    const scope = { institutionId, courseId, personId, placementId }
    if (end.state === 'accepted') await record(tx, { name: 'gradebook.score.accepted', ...scope, data: { revision } })
    else await record(tx, { name: 'gradebook.score.refused', ...scope, data: { revision, reason: end.reason } })
  })
}

/** Notes why a try did not go through, for the flight log; the delivery is retried. */
export async function noteTry(row: LedgerRow, why: string): Promise<void> {
  await queryAlone('update score_ledger set last_answer = $3 where placement_id = $1 and person_id = $2', [
    row.placement_id,
    row.person_id,
    why.slice(0, 300),
  ])
}
