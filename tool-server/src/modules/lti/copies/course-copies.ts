// Which course is a copy of which, as notices and launches tell, and what was decided for all that came along.
import { newId, now } from '../../../kernel/clock.ts'
import { query, type Tx } from '../../../kernel/db.ts'

/** Notes that a course was copied; ids as the LMS has them. The second time changes nothing. */
export async function noteCopy(
  tx: Tx,
  institutionId: string,
  copy: { externalId: string; title: string; from: string },
  toldBy: 'notice' | 'launch',
): Promise<void> {
  if (copy.externalId === copy.from) return
  await query(
    tx,
    `insert into course_copies (id, institution_id, external_id, title, from_external_id, told_by, told_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (institution_id, external_id, from_external_id) do nothing`,
    [newId(), institutionId, copy.externalId, copy.title, copy.from, toldBy, now()],
  )
}

/** From what this course was copied, nearest first. */
export async function toldHistoryOf(tx: Tx, institutionId: string, externalId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    tx,
    `with recursive back (id, depth) as (
       select from_external_id, 1 from course_copies where institution_id = $1 and external_id = $2
       union select c.from_external_id, back.depth + 1 from back join course_copies c on c.institution_id = $1 and c.external_id = back.id
       where back.depth < 10)
     select id from back group by id order by min(depth)`,
    [institutionId, externalId],
  )
  return rows.map((row) => row.id)
}

interface Pair {
  institutionId: string
  courseId: string
  fromCourseId: string
}

/** What a teacher decided for all that came from there. */
export async function decisionForAll(tx: Tx, { institutionId, courseId, fromCourseId }: Pair): Promise<'copy' | 'share' | null> {
  const [row] = await query<{ decision: 'copy' | 'share' | null }>(
    tx,
    `select d.decision from course_copies d join courses c on c.external_id = d.external_id and c.id = $2
       join courses f on f.external_id = d.from_external_id and f.id = $3
     where d.institution_id = $1 and c.institution_id = $1 and f.institution_id = $1 and d.decision is not null`,
    [institutionId, courseId, fromCourseId],
  )
  return row?.decision ?? null
}

/** `decision` null: what was decided for all counts no longer, for those that nobody has opened yet. */
export async function decideForAll(tx: Tx, pair: Pair, decision: 'copy' | 'share' | null, personId: string | null): Promise<void> {
  await query(
    tx,
    `insert into course_copies (id, institution_id, external_id, title, from_external_id, told_by, told_at, decision, decided_by, decided_at)
     select $1, $2, c.external_id, c.title, f.external_id, 'launch', $7, $5, $6, $7 from courses c, courses f
     where c.id = $3 and f.id = $4 and c.institution_id = $2 and f.institution_id = $2
     on conflict (institution_id, external_id, from_external_id) do update set decision = excluded.decision, decided_by = excluded.decided_by,
       decided_at = excluded.decided_at`,
    [newId(), pair.institutionId, pair.courseId, pair.fromCourseId, decision, personId, now()],
  )
}
