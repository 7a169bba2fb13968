// Who was erased while the LMS still lists them is kept out by a mark: a code of the LMS's id that only this installation can make. Lists
// know them again by it; nobody can read from it who they are. Whoever opens something again begins as somebody new, and the mark goes.
import { now } from '../../../kernel/clock.ts'
import { query, queryAlone, type Tx } from '../../../kernel/db.ts'
import { signatureOf } from '../../../kernel/secrets.ts'

/** A mark that no list has had for so long is of no use any more. */
const keptMonths = 24

const markOf = (institutionId: string, externalId: string): string => signatureOf('erased person', `${institutionId} ${externalId}`)

export async function markErased(tx: Tx, institutionId: string, externalId: string): Promise<void> {
  await query(
    tx,
    `insert into erased_marks (institution_id, mark, listed_at) values ($1, $2, $3)
     on conflict (institution_id, mark) do update set listed_at = excluded.listed_at`,
    [institutionId, markOf(institutionId, externalId), now()],
  )
}

/** Of those that a list names, by the LMS's ids: who was erased and has not come again. */
export async function erasedAmong(tx: Tx, institutionId: string, externalIds: readonly string[]): Promise<ReadonlySet<string>> {
  const [any] = await query(tx, 'select 1 from erased_marks where institution_id = $1 limit 1', [institutionId])
  if (!any) return new Set()
  const byMark = new Map(externalIds.map((id) => [markOf(institutionId, id), id]))
  const marked = await query<{ mark: string }>(tx, 'select mark from erased_marks where institution_id = $1 and mark = any($2)', [
    institutionId,
    [...byMark.keys()],
  ])
  const named = marked.flatMap(({ mark }) => byMark.get(mark) ?? [])
  if (named.length === 0) return new Set()
  const here = await query<{ external_id: string }>(
    tx,
    'select external_id from people where institution_id = $1 and external_id = any($2::text[])',
    [institutionId, named],
  )
  const again = new Set(here.map((row) => row.external_id))
  const marksOf = (ids: readonly string[]) => ids.map((id) => markOf(institutionId, id))
  const out = named.filter((id) => !again.has(id))
  await query(tx, 'delete from erased_marks where institution_id = $1 and mark = any($2)', [institutionId, marksOf([...again])])
  await query(tx, 'update erased_marks set listed_at = $3 where institution_id = $1 and mark = any($2)', [
    institutionId,
    marksOf(out),
    now(),
  ])
  return new Set(out)
}

export async function dropOldMarks(): Promise<void> {
  await queryAlone(`delete from erased_marks where listed_at < $1::timestamptz - interval '${keptMonths} months'`, [now()])
}
