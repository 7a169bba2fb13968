// What autosave must know of an attempt before its SQL: whose it is and which Version. Never changes, so it is kept in memory.
import { queryAlone } from '../../kernel/db.ts'
import { attemptNotFound } from './attempt-rows.ts'
import type { Recorded } from './permission.ts'

interface Facts {
  institutionId: string
  courseId: string
  personId: string
  versionId: string
}

const kept = new Map<string, Facts>()
/** About 400 bytes each: an exam of some thousand learners stays in memory. */
const mostKept = 20_000

/** The Version of the caller's own attempt. attempt_not_found. */
export async function versionIdOf(caller: Recorded, attemptId: string): Promise<string> {
  const facts = kept.get(attemptId) ?? (await read(attemptId))
  const own = facts?.personId === caller.personId && facts.courseId === caller.courseId && facts.institutionId === caller.institutionId
  if (!facts || !own) throw attemptNotFound()
  return facts.versionId
}

async function read(attemptId: string): Promise<Facts | undefined> {
  const [facts] = await queryAlone<Facts & Record<string, unknown>>(
    `select institution_id as "institutionId", course_id as "courseId", person_id as "personId", version_id as "versionId"
     from attempts where id = $1`,
    [attemptId],
    'assessment-facts',
  )
  if (!facts) return undefined
  kept.set(attemptId, facts)
  // The oldest goes: attempts come and go in waves, so that first in, first out serves as well as any order.
  const oldest = kept.keys().next()
  if (kept.size > mostKept && !oldest.done) kept.delete(oldest.value)
  return facts
}
