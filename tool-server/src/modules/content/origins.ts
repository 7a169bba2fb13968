// Activities seen across the courses of one institution: what a copied placement may come from, and the record of a share.
import { query, type Tx } from '../../kernel/db.ts'

export interface OriginActivity {
  id: string
  courseId: string
  title: string
  questionCount: number
  maxScore: number
  published: boolean
}

/** A living activity of the institution, whichever course owns it; null = none. Who may see it is the caller's to check. */
export async function activityOfInstitution(tx: Tx, institutionId: string, activityId: string): Promise<OriginActivity | null> {
  const [row] = await query<OriginActivity & Record<string, unknown>>(
    tx,
    `select a.id, a.course_id "courseId", coalesce(v.title, a.title) title, a.question_count "questionCount",
       coalesce(v.max_score, a.max_score) "maxScore", v.id is not null published
     from activities a left join versions v on v.id = a.version_id where a.id = $2 and a.institution_id = $1 and a.deleted_at is null`,
    [institutionId, activityId],
  )
  return row ?? null
}

/** Records that a course may point at an activity of another. */
export async function shareActivity(tx: Tx, activityId: string, courseId: string): Promise<void> {
  await query(tx, 'insert into activity_shares (activity_id, course_id) values ($1, $2) on conflict do nothing', [activityId, courseId])
}

export async function unshareActivity(tx: Tx, activityId: string, courseId: string): Promise<void> {
  await query(tx, 'delete from activity_shares where activity_id = $1 and course_id = $2', [activityId, courseId])
}
