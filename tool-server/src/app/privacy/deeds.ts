// What was done with people's data, for an administrator who is asked about it.
import type { Erasure, PrivacyDeed } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { query, queryAlone, type Tx } from '../../kernel/db.ts'
import { voidingOf } from '../../modules/analytics/index.ts'

interface Deed {
  institutionId: string
  deed: PrivacyDeed['deed']
  operatorSessionId: string | null
  personId: string | null
  facts: PrivacyDeed['facts']
}

export async function noteDeed(tx: Tx, it: Deed): Promise<void> {
  await query(
    tx,
    'insert into privacy_deeds (institution_id, at, deed, operator_session_id, person_id, facts) values ($1, $2, $3, $4, $5, $6)',
    [it.institutionId, now(), it.deed, it.operatorSessionId, it.personId, JSON.stringify(it.facts)],
  )
}

const most = 100

export async function deedsOf(institutionId: string): Promise<{ deeds: PrivacyDeed[]; erasures: Erasure[] }> {
  const [deeds, erasures] = await Promise.all([
    queryAlone<Omit<PrivacyDeed, 'at'> & { at: Date }>(
      `select id, at, deed, facts from privacy_deeds where institution_id = $1 order by id desc limit ${most}`,
      [institutionId],
    ),
    queryAlone<Row>(`${erasureSql} where institution_id = $1 order by asked_at desc limit ${most}`, [institutionId]),
  ])
  return {
    deeds: deeds.map((row) => ({ ...row, at: row.at.toISOString() })),
    erasures: await Promise.all(erasures.map((row) => erasureOf(institutionId, row))),
  }
}

interface Row extends Record<string, unknown> {
  personId: string
  askedAt: Date
  doneAt: Date | null
  counts: Record<string, number>
  voidEvents: string[]
}

const erasureSql = `select person_id as "personId", asked_at as "askedAt", done_at as "doneAt", counts, void_events as "voidEvents" from erasures`

/** null = this person of this institution was not erased. */
export async function erasureAt(institutionId: string, personId: string): Promise<Erasure | null> {
  const [row] = await queryAlone<Row>(`${erasureSql} where institution_id = $1 and person_id = $2`, [institutionId, personId])
  return row ? erasureOf(institutionId, row) : null
}

async function erasureOf(institutionId: string, { personId, askedAt, doneAt, counts, voidEvents }: Row): Promise<Erasure> {
  return {
    ...{ personId, counts },
    askedAt: askedAt.toISOString(),
    doneAt: doneAt?.toISOString() ?? null,
    voiding: await voidingOf(institutionId, voidEvents),
  }
}
