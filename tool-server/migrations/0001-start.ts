// The first shape of the database. Never edited once released: a change is the next number.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'
import { assessmentTables } from './0001/assessment.ts'
import { contentTables } from './0001/content.ts'
import { eventTables } from './0001/events.ts'
import { identityTables } from './0001/identity.ts'
import { ltiTables } from './0001/lti.ts'

export const name = '0001-start'

export async function up(tx: Tx): Promise<void> {
  for (const tables of [eventTables, identityTables, contentTables, assessmentTables, ltiTables]) await query(tx, tables)
}
