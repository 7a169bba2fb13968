// The grade ledger says more: sent and read back, what the LMS last answered, what kind of refusal it is, and which column is ours.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0005-grade-ledger'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `alter table score_ledger drop constraint score_ledger_state_check,
       add constraint score_ledger_state_check check (state in ('waiting', 'sent', 'accepted', 'read_back', 'refused')),
       add column code text,
       add column last_status int,
       add column answered_at timestamptz,
       add column maybe_stored boolean not null default false;
     comment on column score_ledger.last_answer is 'short reason, never the body of an answer';
     comment on column score_ledger.maybe_stored is 'a try of this revision may have reached the gradebook: the next one must be no new submission';
     -- Who was being sent when this release came may have been stored.
     update score_ledger set maybe_stored = true where sent_revision = revision;
     create index score_ledger_refused on score_ledger (placement_id) where state = 'refused';
     alter table placement_services add column line_item_made boolean not null default false;
     comment on column placement_services.line_item_made is 'the column was made by Cuepoint, who may make it again';
     alter table results add column sync_code text`,
  )
}
