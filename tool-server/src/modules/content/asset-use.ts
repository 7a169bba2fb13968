// Which published Versions show a file: the video itself, or a picture or sound in one of their texts.
import { query, type Tx } from '../../kernel/db.ts'

export interface AssetUse {
  versionId: string
  courseId: string
  title: string
  /** The Version that new attempts get. */
  latest: boolean
}

/** Of activities that are not deleted, in whatever course of the institution (copies bring files along), the latest Versions first. */
export async function usesOfAsset(tx: Tx, institutionId: string, assetId: string): Promise<AssetUse[]> {
  return query<AssetUse & Record<string, unknown>>(
    tx,
    // Ids are long enough to be found as text, wherever they stand.
    `select v.id as "versionId", a.course_id as "courseId", v.title, v.id = a.version_id as latest
     from versions v join activities a on a.id = v.activity_id
     where a.institution_id = $1 and a.deleted_at is null and position($2 in v.document::text) > 0
     order by latest desc, v.title, v.number desc limit 1000`,
    [institutionId, assetId.toLowerCase()],
  )
}
