// Assets that other courses may use than their own: a copied activity brings its video with it.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0015-asset-shares'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `create table asset_shares (
       asset_id uuid not null references assets (id) on delete cascade,
       course_id uuid not null references courses (id) on delete cascade,
       created_at timestamptz not null default now(),
       primary key (asset_id, course_id)
     );
     create index asset_shares_by_course on asset_shares (course_id)`,
  )
}
