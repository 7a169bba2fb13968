// What stays of a person who was erased: an id that nothing can be added to. The LMS's id for them is free again, so that a later
// launch begins as somebody new; a class list alone does not bring them back.
import { now } from '../../../kernel/clock.ts'
import { query, type Tx } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/live.ts'
import { sessionsChannel } from '../sessions.ts'
import { markErased } from './erased-marks.ts'

/** False where there is no such person in the institution, or nothing is left to erase. Sessions end with it, in every process. */
export async function bury(tx: Tx, institutionId: string, personId: string): Promise<boolean> {
  const [person] = await query<{ external_id: string }>(
    tx,
    'select external_id from people where id = $1 and institution_id = $2 and erased_at is null for update',
    [personId, institutionId],
  )
  if (!person) return false
  await markErased(tx, institutionId, person.external_id)
  await query(
    tx,
    `update people set external_id = 'erased:' || id, name = '', given_name = '', family_name = '', email = '', sourced_id = '', locale = 'en',
       erased_at = $3, updated_at = $3
     where id = $2 and institution_id = $1`,
    [institutionId, personId, now()],
  )
  await query(tx, 'update sessions set ended_at = $2 where person_id = $1 and ended_at is null', [personId, now()])
  publish(tx, sessionsChannel, personId)
  return true
}
