// A launch enters: person, course, membership, placement and session in one statement, writing only what is new or changed
// (three thousand students who start at once must not queue for the row of their course).
import type { Caller, Purpose, Role } from '@cuepoint/contracts'
import { newId, newToken, now } from '../../kernel/clock.ts'
import { config } from '../../kernel/config.ts'
import { query, type Tx } from '../../kernel/db.ts'
import { hashOf } from './sessions.ts'

export interface Entry {
  institutionId: string
  /** null = anonymous. */
  person: { externalId: string; name: string; givenName: string; familyName: string; email: string; sourcedId: string } | null
  course: { externalId: string; label: string; title: string; sourcedId: string }
  /** null = a launch without a placement (choosing content). */
  /** takesScores null: the launch does not say, what is known stays. */
  /** `mark`: stands for what else the door keeps of it; the same mark = nothing of that has changed. */
  placement: { externalId: string; title: string; takesScores: boolean | null; mark: Buffer } | null
  role: Role
  /** The school's own id of the section that they come from; '' where it is not known. */
  sectionSourcedId: string
  /** A teacher who tries it as a student: is no member of the course. */
  testing?: boolean
  purpose: Purpose
  /** BCP 47 */
  locale: string
  platformName: string
  returnUrl: string | null
  /** The browser that made the login; lets a reload find its session again. */
  binding: string | null
}

export interface Entered {
  token: string
  caller: Caller
  courseTitle: string
  /** The placement was met for the first time. */
  placementAdded: boolean
  /** Its mark is another than at its last launch. */
  placementChanged: boolean
}

const enterSql = `
with old_person as (select id from people where institution_id = $1 and external_id = $2),
touched_person as (
  update people set name = $4, given_name = $5, family_name = $6, email = $7, locale = $8, sourced_id = coalesce(nullif($28, ''), sourced_id),
    updated_at = $9
  where id = (select id from old_person)
    and (name, given_name, family_name, email, locale, sourced_id) is distinct from ($4, $5, $6, $7, $8, coalesce(nullif($28, ''), sourced_id))),
new_person as (
  insert into people (id, institution_id, external_id, name, given_name, family_name, email, locale, sourced_id, created_at, updated_at)
  select $3, $1, $2, $4, $5, $6, $7, $8, $28, $9, $9 where $2::text is not null and not exists (select from old_person)
  on conflict (institution_id, external_id) do update set name = excluded.name returning id),
person as (select id from old_person union all select id from new_person),
old_course as (select id from courses where institution_id = $1 and external_id = $10),
touched_course as (
  update courses set label = $12, title = $13, sourced_id = coalesce(nullif($30, ''), sourced_id)
  where id = (select id from old_course)
    and (label, title, sourced_id) is distinct from ($12, $13, coalesce(nullif($30, ''), sourced_id))),
new_course as (
  insert into courses (id, institution_id, external_id, label, title, sourced_id) select $11, $1, $10, $12, $13, $30 where not exists (select from old_course)
  on conflict (institution_id, external_id) do update set title = excluded.title returning id),
course as (select id from old_course union all select id from new_course),
old_placement as (select id, activity_id, mark is distinct from $27 as changed from placements where course_id = (select id from old_course) and external_id = $14),
touched_placement as (
  update placements set title = $16, takes_scores = coalesce($26::boolean, takes_scores), mark = $27::bytea
  where id = (select id from old_placement) and (title, takes_scores, mark) is distinct from ($16, coalesce($26, takes_scores), $27)),
new_placement as (
  insert into placements (id, course_id, external_id, title, takes_scores, mark)
  select $15, course.id, $14, $16, coalesce($26, false), $27 from course where $14::text is not null and not exists (select from old_placement)
  on conflict (course_id, external_id) do update set title = excluded.title returning id, activity_id, (xmax = 0) as added),
placement as (select id, activity_id, false as added, changed from old_placement
  union all select id, activity_id, added, true from new_placement),
member as (
  insert into memberships as m (person_id, course_id, role, last_seen_at, section_sourced_id)
  select person.id, course.id, $17, $9, $31 from person, course where $17::text is not null
  on conflict (course_id, person_id) do update set role = excluded.role, last_seen_at = excluded.last_seen_at, status = 'active',
    section_sourced_id = coalesce(nullif(excluded.section_sourced_id, ''), m.section_sourced_id)),
session as (
  insert into sessions (id, token_hash, binding_hash, institution_id, course_id, person_id, placement_id, role, purpose, locale,
    platform_name, return_url, created_at, expires_at, testing)
  select $18, $19, $20, $1, course.id, (select id from person), (select id from placement), $21, $22, $8, $23, $24, $9, $25, $29 from course)
select (select id from person) person_id, course.id course_id, (select id from placement) placement_id,
  (select activity_id from placement) activity_id, coalesce((select added from placement), false) placement_added,
  coalesce((select changed from placement), false) placement_changed from course`

interface EnteredRow {
  person_id: string | null
  course_id: string
  placement_id: string | null
  activity_id: string | null
  placement_added: boolean
  placement_changed: boolean
}

/** Writes who came where, and opens their session. The token is in nobody's hands but the caller's: only its hash is kept. */
export async function enter(tx: Tx, entry: Entry): Promise<Entered> {
  const token = newToken()
  const sessionId = newId()
  const at = now()
  const expiresAt = new Date(at.getTime() + config().sessionSeconds * 1000)
  const { person, course, placement } = entry
  const [row] = await query<EnteredRow>(
    tx,
    enterSql,
    [
      entry.institutionId,
      person?.externalId ?? null,
      newId(),
      person?.name ?? '',
      person?.givenName ?? '',
      person?.familyName ?? '',
      person?.email ?? '',
      entry.locale,
      at,
      course.externalId,
      newId(),
      course.label,
      course.title,
      placement?.externalId ?? null,
      newId(),
      placement?.title ?? '',
      entry.testing ? null : entry.role === 'instructor' || entry.role === 'assistant' ? 'instructor' : 'learner',
      sessionId,
      hashOf(token),
      entry.binding ? hashOf(entry.binding) : null,
      entry.role,
      entry.purpose,
      entry.platformName,
      entry.returnUrl,
      expiresAt,
      placement?.takesScores ?? null,
      placement?.mark ?? null,
      person?.sourcedId ?? '',
      entry.testing ?? false,
      course.sourcedId,
      entry.sectionSourcedId,
    ],
    'enter',
  )
  if (!row) throw new Error('the launch entered nowhere')
  const caller: Caller = {
    sessionId,
    institutionId: entry.institutionId,
    courseId: row.course_id,
    personId: row.person_id,
    placementId: row.placement_id,
    activityId: row.activity_id,
    role: entry.role,
    purpose: entry.purpose,
    locale: entry.locale,
    expiresAt,
    testing: entry.testing ?? false,
  }
  return { token, caller, courseTitle: course.title, placementAdded: row.placement_added, placementChanged: row.placement_changed }
}
