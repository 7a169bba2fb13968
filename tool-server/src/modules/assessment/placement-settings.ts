// A placement's dates and what unanswered work is worth: read, and changed by an instructor of its course.
import type { Caller, PlacementSettings } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { query, queryAlone, type Tx, transaction } from '../../kernel/db.ts'
import { invalid } from '../../kernel/errors.ts'
import { record } from '../../kernel/events/outbox.ts'
import { placementOf } from '../identity/index.ts'
import { realign } from './realign.ts'
import { recountPlacement } from './recount.ts'
import { assertTeacher } from './taught.ts'
import { noteDeed } from './teacher-deeds.ts'
import { settingsFrom, settingsJson } from './terms.ts'

const readSql = `select ${settingsJson} as settings from placement_settings ps where ps.placement_id = $1`

export async function placementSettingsOf(caller: Caller, placementId: string): Promise<PlacementSettings> {
  const { id } = await placementOf(caller, placementId)
  const [row] = await queryAlone<{ settings: PlacementSettings }>(readSql, [id])
  return settingsFrom(row?.settings)
}

/** Saves them, moves the ends of attempts under way, and counts again where empty work is worth something else now. settings_invalid. */
export async function changePlacementSettings(caller: Caller, placementId: string, after: PlacementSettings): Promise<PlacementSettings> {
  assertTeacher(caller)
  checkOrder(after)
  const { id, activityId } = await placementOf(caller, placementId)
  const { institutionId, courseId, personId } = caller
  return transaction(async (tx) => {
    await query(tx, 'select from placements where id = $1 for no key update', [id])
    const before = await stored(tx, id)
    if (JSON.stringify(before) === JSON.stringify(inOrder(after))) return before
    await write(tx, id, institutionId, after)
    await noteDeed(tx, caller, { placementId: id, personId: null, deed: 'settings-changed', before, after })
    const scope = { institutionId, courseId, placementId: id, personId: null }
    await record(tx, { name: 'assessment.placement.scheduled', ...scope, data: { byPersonId: personId, settings: after } })
    await realign(tx, id, null)
    if (before.emptyIsZero !== after.emptyIsZero && activityId) await recountPlacement(tx, id, activityId)
    return inOrder(after)
  })
}

function checkOrder({ opensAt, dueAt, closesAt, late }: PlacementSettings): void {
  const dates = [opensAt, dueAt, closesAt].flatMap((it) => (it ? [Date.parse(it)] : []))
  const issues = []
  if (dates.some((it, at) => at > 0 && it < (dates[at - 1] ?? 0)))
    issues.push({ path: 'dates', code: 'out_of_order', message: 'It must open before it is due, and be due before it closes.' })
  if (late === 'refuse' && !dueAt)
    issues.push({ path: 'late', code: 'due_missing', message: 'Late work can only be refused where there is a due date.' })
  if (issues.length > 0) throw invalid(issues.map((it) => it.message).join(' '), issues, 'settings_invalid')
}

async function stored(tx: Tx, placementId: string): Promise<PlacementSettings> {
  const [row] = await query<{ settings: PlacementSettings }>(tx, readSql, [placementId])
  return inOrder(settingsFrom(row?.settings))
}

/** One order of keys and one way to write times, so that two can be compared. */
function inOrder({ opensAt, dueAt, closesAt, late, emptyIsZero }: PlacementSettings): PlacementSettings {
  const time = (text: string | null) => (text === null ? null : new Date(text).toISOString())
  return { opensAt: time(opensAt), dueAt: time(dueAt), closesAt: time(closesAt), late, emptyIsZero }
}

async function write(
  tx: Tx,
  placementId: string,
  institutionId: string,
  { opensAt, dueAt, closesAt, late, emptyIsZero }: PlacementSettings,
) {
  await query(
    tx,
    `insert into placement_settings (placement_id, institution_id, opens_at, due_at, closes_at, late, empty_is_zero, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (placement_id) do update set opens_at = excluded.opens_at, due_at = excluded.due_at, closes_at = excluded.closes_at,
       late = excluded.late, empty_is_zero = excluded.empty_is_zero, updated_at = excluded.updated_at`,
    [placementId, institutionId, opensAt, dueAt, closesAt, late, emptyIsZero, now()],
  )
}
