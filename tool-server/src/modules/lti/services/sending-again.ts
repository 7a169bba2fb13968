// Scores that are sent once more: because somebody asked, the learner came back, the class list changed or the column did.
import type { Caller, EventData } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { query, type Tx, transaction } from '../../../kernel/db.ts'
import { closeParked } from '../../../kernel/events/backlog.ts'
import { recordAll } from '../../../kernel/events/outbox.ts'
import { listener } from '../../../kernel/module.ts'
import { keepSync } from '../../assessment/index.ts'
import { placementOf } from '../../identity/index.ts'
import { scopes } from './grade-call.ts'
import { holdBooks, sendScoreName } from './score-ledger.ts'

type Why = EventData<'gradebook.score.requested'>['why']

interface Which {
  institutionId: string
  courseId: string
  placementId?: string
  personIds?: readonly string[]
  /** Refusals of these kinds; all kinds where absent. */
  codes?: readonly string[]
  /** Also what the gradebook has already, in case it was lost there. */
  accepted?: boolean
  /** Not what was answered in the last so many seconds. */
  restSeconds?: number
}

const wantedAgain = `placements a join courses c on c.id = a.course_id join placement_services s on s.placement_id = a.id
  where l.placement_id = a.id and c.institution_id = $1 and a.course_id = $2 and (s.line_item_url is not null or s.column_wanted) and $8 = any (s.scopes)
    and ($3::uuid is null or a.id = $3) and ($4::uuid[] is null or l.person_id = any ($4))
    and (l.state = 'refused' or ($6 and l.state in ('accepted', 'read_back')))
    and ($5::text[] is null or l.code = any ($5)) and (l.answered_at is null or l.answered_at <= $7)`

const whoseSql = `select l.placement_id as "placementId", l.person_id as "personId" from score_ledger l, ${wantedAgain}`

const againSql = `update score_ledger l set state = 'waiting', reason = null, code = null, attempts = 0, read_tries = 0, updated_at = $9,
    accepted_revision = least(l.accepted_revision, l.revision - 1), registration_id = s.registration_id
  from unnest($10::uuid[], $11::uuid[]) as held (placement_id, person_id), ${wantedAgain}
    and l.placement_id = held.placement_id and l.person_id = held.person_id
  returning l.placement_id, l.person_id, l.revision`

/** Answers with how many. What is on its way already is not asked for twice. */
async function sendAgain(tx: Tx, which: Which, why: Why): Promise<number> {
  const { institutionId, courseId, placementId = null, personIds = null, codes = null, accepted = false, restSeconds = 0 } = which
  const rested = new Date(now().getTime() - restSeconds * 1000)
  const values = [institutionId, courseId, placementId, personIds, codes, accepted, rested, scopes.score]
  const held = await query<{ placementId: string; personId: string }>(tx, whoseSql, values, 'send-again-whose')
  if (held.length === 0) return 0
  await holdBooks(tx, held)
  const rows = await query<{ placement_id: string; person_id: string; revision: number }>(
    tx,
    againSql,
    [...values, now(), held.map((it) => it.placementId), held.map((it) => it.personId)],
    'send-again',
  )
  if (rows.length === 0) return 0
  const of = rows.map((row) => ({ placementId: row.placement_id, personId: row.person_id }))
  await closeParked(tx, sendScoreName, of)
  const waiting = { state: 'waiting', reason: null, code: null } as const
  await keepSync(
    tx,
    rows.map((row) => ({ placementId: row.placement_id, personId: row.person_id, revision: row.revision, ...waiting })),
    now(),
  )
  const scopesOf = (at: number) => ({
    institutionId,
    courseId,
    personId: of[at]?.personId ?? null,
    placementId: of[at]?.placementId ?? null,
  })
  await recordAll(
    tx,
    rows.map(({ revision }, at) => ({ name: 'gradebook.score.waiting' as const, ...scopesOf(at), data: { revision, again: true } })),
  )
  await recordAll(
    tx,
    rows.map(({ revision }, at) => ({ name: 'gradebook.score.requested' as const, ...scopesOf(at), data: { revision, why } })),
  )
  return rows.length
}

/** The column is another one: all that stood in the old one is wanted in it. */
export async function sendAllAgain(tx: Tx, placementId: string): Promise<void> {
  const [at] = await query<{ institutionId: string; courseId: string }>(
    tx,
    `select c.institution_id "institutionId", c.id "courseId" from placements p join courses c on c.id = p.course_id where p.id = $1`,
    [placementId],
  )
  if (at) await sendAgain(tx, { ...at, placementId, accepted: true }, 'column')
}

/** Asked by a teacher: these people's, whatever became of them, or all that were refused. */
export async function resendScores(caller: Caller, placementId: string, personIds: readonly string[] | null): Promise<{ asked: number }> {
  const { id } = await placementOf(caller, placementId)
  const which = { ...caller, placementId: id, ...(personIds ? { personIds, accepted: true } : {}) }
  return { asked: await transaction((tx) => sendAgain(tx, which, 'asked')) }
}

/** A learner may ask for their own, once a minute. */
export async function resendMyScore(caller: Caller, placementId: string): Promise<{ asked: number }> {
  const { id } = await placementOf(caller, placementId)
  if (!caller.personId) return { asked: 0 }
  const which = { ...caller, placementId: id, personIds: [caller.personId], restSeconds: 60 }
  return { asked: await transaction((tx) => sendAgain(tx, which, 'asked')) }
}

/** What a launch can mend: the learner is enrolled now; or the column is back, of which a teacher's launch or a changed link tells. */
export async function sendAgainAtLaunch(caller: Caller, columnBack: boolean): Promise<void> {
  const { institutionId, courseId, placementId, personId, role } = caller
  if (!placementId || !personId) return
  const which = { institutionId, courseId, placementId, restSeconds: 10 }
  await transaction(async (tx) => {
    if (columnBack) await sendAgain(tx, { ...which, codes: ['column', 'permission'] }, 'column')
    if (role !== 'instructor') await sendAgain(tx, { ...which, personIds: [personId] }, 'launch')
  })
}

const daySeconds = 86_400

/**
 * A new class list: who came to it is tried at once. Who was refused and is on it still is tried once a day: the course may have
 * been unpublished (Canvas, fact 14), or its column hidden (404), which no list tells.
 */
export const sendAgainForRoster = listener({
  name: 'lti.send-again',
  hears: ['identity.roster.refreshed'],
  queue: 'quick',
  ordered: false,
  batch: 1,
  retry: { firstSeconds: 5, capSeconds: 600, attempts: 10 },
  route: ({ courseId }) => (courseId ? { lane: courseId } : null),
  async run([delivery]) {
    if (!delivery?.event.courseId) return
    const { institutionId, courseId, data } = delivery.event
    const personIds = [...data.added, ...data.roleChanged.map(({ personId }) => personId)]
    const of = { institutionId, courseId, codes: ['person', 'attempts', 'value', 'column'] }
    await transaction(async (tx) => {
      if (personIds.length > 0) await sendAgain(tx, { ...of, personIds }, 'roster')
      await sendAgain(tx, { ...of, restSeconds: daySeconds }, 'roster')
    })
  },
})
