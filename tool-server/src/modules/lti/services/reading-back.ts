// Looks, some time after an LMS has accepted scores, whether its gradebook holds them (AGS Results): such a score is "read back". Beside
// the scores and never in their way: few calls at once of what is oldest, none where the LMS is slow, and no more than three looks each.
import { now } from '../../../kernel/clock.ts'
import { query, queryAlone, transaction } from '../../../kernel/db.ts'
import { GiveUp } from '../../../kernel/errors.ts'
import { log } from '../../../kernel/log.ts'
import { schedule } from '../../../kernel/module.ts'
import { keepSync, type SyncMark } from '../../assessment/index.ts'
import { type Registration, registrationById } from '../platforms/registry.ts'
import { type Answer, gradeCall, scopes, under } from './grade-call.ts'
import { isSameScore, nextOf, type Result, resultsIn, resultsType } from './held-result.ts'
import { holdBooks, type LedgerRow } from './score-ledger.ts'

type Row = Pick<LedgerRow, 'placement_id' | 'person_id' | 'registration_id' | 'external_id' | 'revision' | 'score' | 'max_score'> & {
  line_item_url: string
}

/** Some gradebooks take a moment; a grade that is another then was set by a teacher, and one that is not there is told in the ledger. */
const looks = ['30 seconds', '10 minutes', '2 hours'] as const
const mostRows = 2000
const mostCalls = 60
const mostPages = 30
/** More than so many of one column are read by its whole list. */
const oneByOne = 5

const rowsSql = `select l.placement_id, l.person_id, l.registration_id, p.external_id, l.revision, l.score, l.max_score, s.line_item_url
  from score_ledger l join placement_services s on s.placement_id = l.placement_id join people p on p.id = l.person_id
  where l.state = 'accepted' and l.accepted_revision = l.revision and l.read_tries < ${looks.length}
    and s.line_item_url is not null and $2 = any (s.scopes)
    and l.answered_at <= $1::timestamptz - (case l.read_tries ${looks.map((wait, at) => `when ${at} then interval '${wait}'`).join(' ')} end)
  order by l.answered_at limit ${mostRows}`

async function readBackDue(): Promise<void> {
  const rows = await queryAlone<Row & Record<string, unknown>>(rowsSql, [now(), scopes.result])
  for (const [registrationId, own] of grouped(rows, (row) => row.registration_id)) {
    const registration = await registrationById(registrationId)
    if (registration?.status === 'active') await readOf(registration, own)
  }
}

/** All of one LMS, until it is slow or enough was asked. */
async function readOf(registration: Registration, rows: readonly Row[]): Promise<void> {
  let calls = 0
  const ask = async (url: string): Promise<Answer | 'enough'> => {
    if (calls++ >= mostCalls) return 'enough'
    return gradeCall(registration, { method: 'GET', url, scope: scopes.result, contentType: resultsType })
  }
  try {
    for (const [, own] of grouped(rows, (row) => row.line_item_url)) {
      const parts = own.length > oneByOne ? [own] : own.map((row) => [row])
      for (const part of parts) {
        const held = await heldOf(part, ask)
        // Slow, away, or asked enough: the rest waits for the next time.
        if (held === 'later') return
        await settle(part, held)
      }
    }
  } catch (error) {
    // No permission for it, whatever the launch said: these are not asked about again.
    if (error instanceof GiveUp) return settle(rows, new Map(), looks.length)
    log.info({ registrationId: registration.id, err: error }, 'results could not be read back')
  }
}

/** What the gradebook holds of these, who are of one column; `later`: it does not say now. */
async function heldOf(
  rows: readonly Row[],
  ask: (url: string) => Promise<Answer | 'enough'>,
): Promise<ReadonlyMap<string, Result> | 'later'> {
  const [first] = rows
  const held = new Map<string, Result>()
  if (!first) return held
  const start = under(first.line_item_url, 'results', rows.length === 1 ? { user_id: first.external_id } : { limit: '200' })
  let next: string | undefined = start
  for (let page = 0; next && page < mostPages; page++) {
    const answer: Answer | 'enough' = await ask(next)
    if (answer === 'enough' || answer.kind === 'later') return 'later'
    // It has no such column, or gives no results: as good as none.
    if (answer.kind !== 'ok') return held
    for (const result of resultsIn(answer.body)) if (result.userId) held.set(result.userId, result)
    next = nextOf(answer.headers.link, start)
  }
  return held
}

type Told = { placement_id: string; person_id: string; revision: number; same: boolean; other: boolean }

const settleSql = `update score_ledger l set state = case when v.same then 'read_back' else l.state end,
    read_tries = l.read_tries + case when v.same then 0 else $6 end,
    last_answer = case when v.same then 'the gradebook holds this score' when v.other then 'the gradebook shows another score' else l.last_answer end,
    updated_at = $7
  from unnest($1::uuid[], $2::uuid[], $3::int[], $4::boolean[], $5::boolean[]) as v (placement_id, person_id, revision, same, other)
  where l.placement_id = v.placement_id and l.person_id = v.person_id and l.revision = v.revision
    and l.accepted_revision = v.revision and l.state = 'accepted'
  returning l.placement_id, l.person_id, l.revision, v.same, v.other`

/** A score that was replaced meanwhile, or is sent again, is left alone. */
async function settle(rows: readonly Row[], held: ReadonlyMap<string, Result>, tries = 1): Promise<void> {
  const same = rows.map((row) => {
    const result = held.get(row.external_id)
    return result !== undefined && isSameScore(result, row)
  })
  const people = rows.map((row) => ({ placementId: row.placement_id, personId: row.person_id }))
  const values = [
    rows.map((row) => row.placement_id),
    rows.map((row) => row.person_id),
    rows.map((row) => row.revision),
    same,
    rows.map((row, at) => !same[at] && typeof held.get(row.external_id)?.resultScore === 'number'),
    tries,
    now(),
  ]
  await transaction(async (tx) => {
    const [, told] = await Promise.all([holdBooks(tx, people), query<Told>(tx, settleSql, values, 'read-back')])
    const marks = told
      .filter(({ same, other }) => same || other)
      .map(({ placement_id: placementId, person_id: personId, revision, same }): SyncMark => {
        return { placementId, personId, revision, state: 'accepted', reason: null, code: same ? 'same' : 'other' }
      })
    await keepSync(tx, marks, null)
  })
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const known = groups.get(keyOf(one))
    if (known) known.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

export const readBack = schedule({ name: 'lti.read-back', everySeconds: 60, run: readBackDue })
