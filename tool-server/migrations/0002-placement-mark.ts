// What the LMS said of a placement at its last launch, as a mark: a launch that says the same writes nothing of it. A row in
// `launches` is kept of deep linking only; which site frames another launch is known from its placement.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0002-placement-mark'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `alter table placements add column mark bytea;
     delete from launches where deep_linking is null;
     alter table launches alter column deep_linking set not null, drop column message_type`,
  )
}
