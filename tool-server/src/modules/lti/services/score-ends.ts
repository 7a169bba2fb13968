// How tries end, written down many at a time: one transaction for all that ended meanwhile, with the light that students and teachers
// see, and the events that tell of them.
import { now } from '../../../kernel/clock.ts'
import { query, queryLast, type Tx, transaction } from '../../../kernel/db.ts'
import { type NewEvent, readyToRecord } from '../../../kernel/events/outbox.ts'
import { keepSync, type SyncMark } from '../../assessment/index.ts'
import type { RefusalCode } from '../lms/index.ts'
import { holdBooks, type LedgerRow } from './score-ledger.ts'

/** Why a score is refused: by the LMS, or because its registration is not active, or after too many tries. */
export type EndCode = RefusalCode | 'inactive' | 'given-up'

export interface End {
  row: LedgerRow
  state: 'waiting' | 'accepted' | 'read_back' | 'refused'
  /** Of the last answer; null where none came. */
  status: number | null
  why: string | null
  code?: EndCode | undefined
  /** It is certain that this try left nothing in the gradebook. */
  notStored: boolean
}

// What is accepted stays so: the same score told again, or a second worker's late answer, changes nothing.
const endSql = `update score_ledger l set state = v.state, last_status = v.status, last_answer = v.why, answered_at = $9, updated_at = $9,
    accepted_revision = case when v.state in ('accepted', 'read_back') then v.revision else l.accepted_revision end,
    reason = case when v.state = 'refused' then v.why end, code = v.code, maybe_stored = v.maybe_stored
  from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::int[], $6::text[], $7::text[], $8::boolean[])
    as v (placement_id, person_id, revision, state, status, why, code, maybe_stored)
  where l.placement_id = v.placement_id and l.person_id = v.person_id and l.revision = v.revision and l.accepted_revision < v.revision
  returning l.placement_id, l.person_id`

async function write(ends: readonly End[]): Promise<void> {
  const values = [
    ends.map(({ row }) => row.placement_id),
    ends.map(({ row }) => row.person_id),
    ends.map(({ row }) => row.revision),
    ends.map(({ state }) => state),
    ends.map(({ status }) => status),
    ends.map(({ why }) => why?.slice(0, 300) ?? null),
    ends.map(({ code }) => code ?? null),
    ends.map(({ row, notStored }) => row.maybe_stored || !notStored),
    now(),
  ]
  await transaction(async (tx) => {
    const [, written] = await Promise.all([
      holdBooks(
        tx,
        ends.map(({ row }) => whose(row)),
      ),
      query<{ placement_id: string; person_id: string }>(tx, endSql, values, 'end-scores'),
    ])
    const changed = new Set(written.map((it) => `${it.placement_id} ${it.person_id}`))
    await tell(
      tx,
      ends.filter(({ row, state }) => state !== 'waiting' && changed.has(`${row.placement_id} ${row.person_id}`)),
    )
  })
}

const whose = (row: LedgerRow) => ({ placementId: row.placement_id, personId: row.person_id })

async function tell(tx: Tx, ends: readonly End[]): Promise<void> {
  if (ends.length === 0) return
  const marks = ends.map(({ row, state, why, code }): SyncMark => {
    const { placement_id: placementId, person_id: personId, revision } = row
    return state === 'refused'
      ? { placementId, personId, revision, state: 'refused', reason: why, code: code ?? null }
      : { placementId, personId, revision, state: 'accepted', reason: null, code: state === 'read_back' ? 'same' : null }
  })
  const events = ends.map(({ row, state, why, code }): NewEvent<'gradebook.score.accepted' | 'gradebook.score.refused'> => {
    const { placement_id: placementId, person_id: personId, revision } = row
    const { institution_id: institutionId, course_id: courseId } = row.book
    if (state !== 'refused') return { name: 'gradebook.score.accepted', institutionId, courseId, placementId, personId, data: { revision } }
    const data = { revision, reason: why ?? '', ...(code ? { code } : {}) }
    return { name: 'gradebook.score.refused', institutionId, courseId, placementId, personId, data }
  })
  const write = await readyToRecord(tx, events, queryLast)
  await Promise.all([keepSync(tx, marks, now()), write()])
}

const enough = 96
const longestMs = 200

/** Gathers ends: written when there are enough, or the first has waited long enough, or `flush` says so. */
export class ScoreEnds {
  private ends: End[] = []
  private timer: NodeJS.Timeout | undefined
  private written: { promise: Promise<void>; resolve: (result: Promise<void>) => void } | undefined

  /** Resolves when it is written. */
  add(end: End): Promise<void> {
    this.ends.push(end)
    this.written ??= deferred()
    const { promise } = this.written
    this.timer ??= setTimeout(() => this.flush(), longestMs)
    if (this.ends.length >= enough) this.flush()
    return promise
  }

  flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const { ends, written } = this
    this.ends = []
    this.written = undefined
    written?.resolve(write(ends))
  }
}

function deferred(): { promise: Promise<void>; resolve: (result: Promise<void>) => void } {
  let resolve: (result: Promise<void>) => void = () => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
