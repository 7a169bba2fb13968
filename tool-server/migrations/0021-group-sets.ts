// Where an LMS with a Course Groups service names the sets that its groups belong to.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0021-group-sets'

export async function up(tx: Tx): Promise<void> {
  await query(tx, 'alter table placement_services add column group_sets_url text')
}
