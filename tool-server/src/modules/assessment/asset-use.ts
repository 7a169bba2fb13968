// A file is deleted only where nobody meets it any more: no published activity shows it, and no attempt at an earlier Version does.
import type { Caller } from '@cuepoint/contracts'
import { query, type Tx } from '../../kernel/db.ts'
import { conflict } from '../../kernel/errors.ts'
import { type AssetUse, usesOfAsset } from '../content/index.ts'
import { deleteAsset } from '../media/index.ts'

/** asset_not_found, asset_in_use. */
export async function deleteUnusedAsset(caller: Caller, assetId: string): Promise<void> {
  await deleteAsset(caller, assetId, async (tx) => {
    const uses = await usesOfAsset(tx, caller.institutionId, assetId)
    const tried = await triedOf(
      tx,
      uses.filter(({ latest }) => !latest),
    )
    const now = uses.filter(({ latest }) => latest)
    const before = uses.filter(({ latest, versionId, title }) => !latest && tried.has(versionId) && !now.some((it) => it.title === title))
    if (now.length + before.length > 0) throw conflict('asset_in_use', inUse(caller, now, before))
  })
}

async function triedOf(tx: Tx, uses: readonly AssetUse[]): Promise<Set<string>> {
  if (uses.length === 0) return new Set()
  const rows = await query<{ id: string }>(
    tx,
    'select asked.id from unnest($1::uuid[]) as asked (id) where exists (select from attempts where version_id = asked.id)',
    [uses.map(({ versionId }) => versionId)],
  )
  return new Set(rows.map(({ id }) => id))
}

function inUse({ courseId }: Caller, now: readonly AssetUse[], before: readonly AssetUse[]): string {
  const told = []
  if (now.length > 0) told.push(`Learners meet this file in ${named(courseId, now)}. Take it out there and publish that, then delete it.`)
  if (before.length > 0)
    told.push(
      `Attempts at an earlier version of ${named(courseId, before)} show this file. It can be deleted once that activity is deleted.`,
    )
  return told.join(' ')
}

const mostNamed = 5

/** Titles of other courses are theirs. */
function named(courseId: string, uses: readonly AssetUse[]): string {
  const own = [...new Set(uses.filter((it) => it.courseId === courseId).map(({ title }) => `“${title}”`))]
  const elsewhere = new Set(uses.filter((it) => it.courseId !== courseId).map((it) => it.courseId)).size
  const words = own.slice(0, mostNamed)
  if (own.length > mostNamed) words.push(`${own.length - mostNamed} more`)
  if (elsewhere > 0) words.push(elsewhere === 1 ? 'an activity of another course' : `activities of ${elsewhere} other courses`)
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '')
}
