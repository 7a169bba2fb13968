// What identity keeps of people.
import type { PersonalTable } from '../../kernel/module.ts'

const course = '(select title from courses where courses.id = t.course_id) as course'

export const identityPeople: readonly PersonalTable[] = [
  {
    table: 'pseudonyms',
    names: ['person_id', 'session_id'],
    exported: null,
    erased: 'deleted',
    why: 'what one session of a teacher was told instead of names; ends with that session',
  },
  {
    table: 'looks',
    names: ['person_id', 'by_person_id', 'operator_session_id'],
    exported: `t.at, t.what, ${course}`,
    order: 't.id',
    erased: 'kept',
    why: 'that somebody looked stays provable; the ids lead to rows without a name, and looks end after two years',
  },
  {
    table: 'privacy_deeds',
    names: ['person_id', 'operator_session_id'],
    exported: 't.at, t.deed',
    order: 't.id',
    erased: 'kept',
    why: 'that an erasure was carried out must be provable; it names an id alone',
  },
  { table: 'erasures', names: ['person_id', 'operator_session_id'], exported: null, erased: 'kept', why: 'as above' },
  {
    table: 'sessions',
    names: ['person_id', 'review_person_id', 'review_attempt_id'],
    exported: `t.created_at, t.expires_at, t.role, t.purpose, t.locale, t.platform_name, ${course}, (select title from placements where placements.id = t.placement_id) as placement`,
    order: 't.created_at, t.id',
    erased: 'deleted',
  },
  {
    table: 'sessions',
    names: [],
    of: 't.review_person_id = $1',
    exported: null,
    erased: { set: 'review_person_id = null, review_attempt_id = null' },
    why: 'a teacher’s session that was opened to review this person; it ends within hours',
  },
  {
    table: 'placement_members',
    names: ['person_id'],
    exported: '(select title from placements where placements.id = t.placement_id) as placement',
    order: '1',
    erased: 'deleted',
  },
  {
    table: 'course_group_members',
    names: ['person_id'],
    exported:
      '(select g.kind from course_groups g where g.id = t.group_id) as kind, (select g.name from course_groups g where g.id = t.group_id) as name',
    order: '1, 2',
    erased: 'deleted',
  },
  {
    table: 'memberships',
    names: ['person_id'],
    exported: `${course}, t.role, t.status, t.last_seen_at, t.section_sourced_id`,
    order: '1',
    erased: 'deleted',
  },
  {
    table: 'people',
    names: [],
    of: 't.id = $1',
    exported: 't.id, t.external_id, t.name, t.given_name, t.family_name, t.email, t.sourced_id, t.locale, t.created_at, t.updated_at',
    erased: 'kept',
    why: 'an empty row (privacy/tombstone.ts): the id never comes back',
  },
]
