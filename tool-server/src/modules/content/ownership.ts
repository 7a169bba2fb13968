// Whose an activity is: one course owns it; another may point at it only by a recorded share.
import type { Tx } from '../../kernel/db.ts'
import { pointerOf } from './versions.ts'

/** Is this a living activity of the course, or shared with it? */
export async function isActivityOfCourse(tx: Tx, activityId: string, courseId: string): Promise<boolean> {
  const pointer = await pointerOf(activityId, courseId, tx)
  return pointer !== null && !pointer.deleted
}
