// What is watched again because a wrong answer leads back is counted apart: nothing was counted so until now.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0032-sent-back'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `update insight_facts set fact = jsonb_set(fact, '{watch,sent}', '[]') where jsonb_typeof(fact->'watch') = 'object';
     update insight_sums set sums = jsonb_set(sums, '{watch,sent}',
       coalesce((select jsonb_agg(0) from jsonb_array_elements(sums->'watch'->'plays')), '[]'))
     where jsonb_typeof(sums->'watch') = 'object'`,
  )
}
