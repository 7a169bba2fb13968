// What an institution has decided about its people's data. Where nothing is written: everything is kept, and teachers see names.
import type { PrivacySettings } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { query, queryAlone, type Tx } from '../../../kernel/db.ts'

export const usualPrivacy: PrivacySettings = { workMonths: null, recordMonths: null, pseudonyms: false }

const columns = 'institution_id, work_months as "workMonths", record_months as "recordMonths", pseudonyms'

/** By institution; those that have decided nothing are not in it. */
export async function privacySettings(): Promise<Map<string, PrivacySettings>> {
  const rows = await queryAlone<PrivacySettings & { institution_id: string }>(`select ${columns} from privacy_settings`)
  return new Map(rows.map(({ institution_id, ...settings }) => [institution_id, settings]))
}

/** Do dashboards of this institution never show names? */
export async function namesAreWithheld(institutionId: string): Promise<boolean> {
  const [row] = await queryAlone<{ pseudonyms: boolean }>(
    'select pseudonyms from privacy_settings where institution_id = $1',
    [institutionId],
    'privacy-pseudonyms',
  )
  return row?.pseudonyms ?? false
}

export async function keepPrivacySettings(tx: Tx, institutionId: string, it: PrivacySettings): Promise<void> {
  await query(
    tx,
    `insert into privacy_settings as s (institution_id, work_months, record_months, pseudonyms, updated_at) values ($1, $2, $3, $4, $5)
     on conflict (institution_id) do update set work_months = excluded.work_months, record_months = excluded.record_months,
       pseudonyms = excluded.pseudonyms, updated_at = excluded.updated_at`,
    [institutionId, it.workMonths, it.recordMonths, it.pseudonyms, now()],
  )
}
