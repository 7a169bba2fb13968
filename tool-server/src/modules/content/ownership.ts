// Whose an activity is: one course owns it; another may point at it only by a recorded share.
import { query, type Tx } from '../../kernel/db.ts'

/** Is this a living activity of the course, or shared with it? */
export async function isActivityOfCourse(tx: Tx, activityId: string, courseId: string): Promise<boolean> {
  const rows = await query(
    tx,
    `select 1 from activities a where a.id = $1 and a.deleted_at is null
     and (a.course_id = $2 or exists (select from activity_shares s where s.activity_id = a.id and s.course_id = $2))`,
    [activityId, courseId],
  )
  return rows.length > 0
}
