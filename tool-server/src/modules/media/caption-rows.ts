// Captions as they are kept: cues in PostgreSQL, one list per language.
import type { Caption } from '@cuepoint/contracts'
import { query, queryAlone, type Tx } from '../../kernel/db.ts'
import { notFound } from '../../kernel/errors.ts'
import { vttOf } from './caption-files.ts'

export const captionColumns = 'id, language, label, cues, revision'

export async function captionsOfAsset(assetId: string, tx?: Tx): Promise<Caption[]> {
  const text = `select ${captionColumns} from captions where asset_id = $1 order by language`
  type Row = Caption & Record<string, unknown>
  return tx ? query<Row>(tx, text, [assetId]) : queryAlone<Row>(text, [assetId])
}

export async function captionsListed(assetId: string): Promise<Pick<Caption, 'id' | 'language' | 'label' | 'revision'>[]> {
  return queryAlone('select id, language, label, revision from captions where asset_id = $1 order by language', [assetId], 'media-captions')
}

/** As a WebVTT file; null = there is none. */
export async function captionFile(assetId: string, captionId: string): Promise<string | null> {
  const [row] = await queryAlone<Pick<Caption, 'cues'>>(
    `select c.cues from captions c join assets a on a.id = c.asset_id where c.id = $1 and c.asset_id = $2 and a.deleted_at is null`,
    [captionId, assetId],
  )
  return row ? vttOf(row.cues) : null
}

export function captionNotFound() {
  return notFound('caption_not_found', 'These captions are not here. They may have been deleted.')
}
