// The terms read for one person at one placement, where no standing was read.
import { query, type Tx } from '../../kernel/db.ts'
import { type Terms, termsFrom, termsSql } from './terms.ts'

/** What is agreed with this person at this placement. */
export async function termsOf(tx: Tx, placementId: string, personId: string): Promise<Terms> {
  const [row] = await query<{ terms: Parameters<typeof termsFrom>[0] }>(
    tx,
    `select ${termsSql('$1::uuid', '$2::uuid')} as terms`,
    [placementId, personId],
    'assessment-terms',
  )
  return termsFrom(row?.terms)
}
