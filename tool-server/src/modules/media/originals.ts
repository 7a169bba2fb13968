// The uploaded file as it may be downloaded: only where it was kept, and only once its device and place data are out of it.
import { queryAlone } from '../../kernel/db.ts'

export async function originalOf(assetId: string): Promise<{ key: string; name: string } | null> {
  const [row] = await queryAlone<{ key: string; name: string }>(
    `select original_key key, name from assets where id = $1 and original_key like 'originals/%/clean' and original_kept and deleted_at is null`,
    [assetId],
  )
  return row ?? null
}
