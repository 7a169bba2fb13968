// What the LMS said last of a Result's score is told by the order in which it was said, not by a clock that may be set back.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0011-sync-order'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `alter table results add column sync_order bigint not null default 0;
     comment on column results.sync_order is 'the delivery that told it: of one revision the later one counts'`,
  )
}
