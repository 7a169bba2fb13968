// Where a copied activity comes from: which activity and Version, by whom, when.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0008-activity-copies'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `create table activity_copies (
       activity_id uuid primary key references activities (id) on delete cascade,
       source_activity_id uuid not null,
       -- null: the draft was copied, nothing was published.
       source_version_id uuid,
       copied_by uuid references people (id) on delete set null,
       copied_at timestamptz not null default now()
     );
     create index activity_copies_by_source on activity_copies (source_activity_id)`,
  )
}
