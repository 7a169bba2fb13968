// The light beside a Result is written with the ledger now. What its former listener had not done yet is taken from the ledger.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0027-sync-with-the-ledger'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `update results r set sync_state = case l.state when 'refused' then 'refused' when 'waiting' then 'waiting' when 'sent' then 'waiting' else 'accepted' end,
       sync_revision = l.revision, sync_reason = l.reason, sync_code = l.code, sync_at = l.answered_at
     from score_ledger l join deliveries d on d.listener = 'assessment.keep-sync-state' and d.state <> 'done' join events e on e.id = d.event_id
     where l.placement_id = e.placement_id and l.person_id = e.person_id and r.placement_id = l.placement_id and r.person_id = l.person_id
       and r.revision = l.revision`,
  )
  await query(tx, "delete from deliveries where listener = 'assessment.keep-sync-state'")
  await query(tx, 'alter table results drop column sync_order')
}
