// By what an unfinished upload knows its file again: a page that was reloaded, or another device, goes on with it.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0026-upload-fingerprint'

export async function up(tx: Tx): Promise<void> {
  await query(tx, 'alter table uploads add column fingerprint text')
}
