// What a course may use: its own assets, and those that a copied activity brought along. And what other rooms ask of an asset.
import type { Asset, AssetState } from '@cuepoint/contracts'
import { query, queryAlone, type Tx } from '../../kernel/db.ts'
import { soundRendition } from './transcode/variants.ts'

/** As much of an asset as activities look at. */
export interface AssetFacts extends Pick<Asset, 'id' | 'kind' | 'name' | 'durationSeconds' | 'findings' | 'playable'> {
  state: AssetState
  failureMessage: string | null
}

const columns = `a.id, a.kind, a.name, a.state, a.failure_message as "failureMessage", a.duration_seconds as "durationSeconds", a.findings,
  a.playable`

/** SQL that is true where a course may use asset a. The argument is SQL. */
function reachesSql(courseId: string): string {
  return `(a.course_id = ${courseId} or exists (select from asset_shares s where s.asset_id = a.id and s.course_id = ${courseId}))`
}

/** A living asset that the course may use, its own or shared with it; null = none. In a transaction it cannot be deleted before its end. */
export async function assetOf(
  { institutionId, courseId }: { institutionId: string; courseId: string },
  assetId: string,
  tx?: Tx,
): Promise<AssetFacts | null> {
  const text = `select ${columns} from assets a where a.id = $1 and a.institution_id = $2 and a.deleted_at is null and ${reachesSql('$3')}
    ${tx ? 'for share of a' : ''}`
  return first(tx, text, [assetId, institutionId, courseId], tx ? 'media-asset-kept' : 'media-asset-of')
}

/** An asset of the institution, deleted ones too: for what a published Version names, whose readers were let in before. null = none. */
export async function assetOfInstitution(institutionId: string, assetId: string, tx?: Tx): Promise<AssetFacts | null> {
  const text = `select ${columns} from assets a where a.id = $1 and a.institution_id = $2`
  return first(tx, text, [assetId, institutionId], 'media-asset-of-institution')
}

/** What is told of how an asset is played: pictures a second (null = sound alone, or not known), and the name of its sound (null = none). */
export interface PlayedFacts {
  frameRate: number | null
  track: string | null
}

/** Of the renditions that are played now. */
export async function playedFactsOf(institutionId: string, assetId: string, tx: Tx): Promise<PlayedFacts | null> {
  const [row] = await query<PlayedFacts & Record<string, unknown>>(
    tx,
    `select case when a.has_video then (t.plan #>> '{ladder,rate,num}')::float8 / nullif((t.plan #>> '{ladder,rate,den}')::float8, 0) end
        as "frameRate", case when a.has_audio then $3 end as track
     from assets a left join transcodes t on t.asset_id = a.id and t.generation = a.generation
     where a.id = $1 and a.institution_id = $2`,
    [assetId, institutionId, soundRendition],
    'media-played-facts',
  )
  return row ?? null
}

/** Of these ids, the pictures and sounds that the course may use, by kind. */
export async function usableInlineAssets(
  { institutionId, courseId }: { institutionId: string; courseId: string },
  assetIds: readonly string[],
  tx?: Tx,
): Promise<Map<string, 'image' | 'sound'>> {
  const text = `select a.id, a.kind from assets a where a.id = any($1::uuid[]) and a.institution_id = $2 and a.deleted_at is null
    and a.kind in ('image', 'sound') and ${reachesSql('$3')} ${tx ? 'order by a.id for share of a' : ''}`
  type Row = { id: string; kind: 'image' | 'sound' }
  const values = [assetIds, institutionId, courseId]
  const rows = tx ? await query<Row>(tx, text, values) : await queryAlone<Row>(text, values)
  return new Map(rows.map((row) => [row.id, row.kind]))
}

/** Lets another course of the same institution use an asset. */
export async function shareAsset(tx: Tx, assetId: string, courseId: string): Promise<void> {
  await query(
    tx,
    `insert into asset_shares (asset_id, course_id)
     select a.id, c.id from assets a join courses c on c.institution_id = a.institution_id
     where a.id = $1 and c.id = $2 and a.course_id <> c.id and a.deleted_at is null on conflict do nothing`,
    [assetId, courseId],
  )
}

async function first(tx: Tx | undefined, text: string, values: unknown[], name: string): Promise<AssetFacts | null> {
  type Row = AssetFacts & Record<string, unknown>
  const [row] = tx ? await query<Row>(tx, text, values, name) : await queryAlone<Row>(text, values, name)
  return row ?? null
}
