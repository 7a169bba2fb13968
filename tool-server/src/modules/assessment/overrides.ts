// Scores that a teacher set: one per person, placement and activity.
import { query, type Tx } from '../../kernel/db.ts'

export interface StoredOverride {
  score: number
  maxScore: number
  comment: string | null
  byPersonId: string
  at: Date
}

/** What a teacher set; null = nothing. */
export async function overrideOf(tx: Tx, placementId: string, personId: string, activityId: string): Promise<StoredOverride | null> {
  const [row] = await query<StoredOverride & Record<string, unknown>>(
    tx,
    `select score, max_score as "maxScore", comment, by_person_id as "byPersonId", at from score_overrides
     where placement_id = $1 and person_id = $2 and activity_id = $3`,
    [placementId, personId, activityId],
    'assessment-override',
  )
  return row ?? null
}
