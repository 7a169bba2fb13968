// What lti keeps of people: scores on their way to the gradebook, and logins under way. The flight recorder keeps nothing about a person.
import type { PersonalTable } from '../../kernel/module.ts'

export const ltiPeople: readonly PersonalTable[] = [
  {
    table: 'score_ledger',
    names: ['person_id', 'attempt_id'],
    exported: `(select title from placements where placements.id = t.placement_id) as placement, t.score, t.max_score, t.started_at, t.submitted_at,
      t.comment, t.sent_at, t.state, t.answered_at, t.updated_at`,
    order: 't.placement_id',
    erased: 'deleted',
    ages: { with: 'course', of: 't.placement_id in (select id from placements where course_id = $1)' },
  },
  {
    table: 'login_attempts',
    names: ['login_hint'],
    of: 't.login_hint = (select external_id from people where id = $1)',
    exported: null,
    erased: 'deleted',
    atOnce: true,
    why: 'a login under way, for minutes; the hint is the LMS’s, and mostly its id of the person',
  },
  {
    table: 'launches',
    names: ['session_id'],
    of: 't.session_id in (select id from sessions where person_id = $1)',
    exported: null,
    erased: 'deleted',
    why: 'what an LMS wants back from the choosing of content, until the session ends',
  },
  {
    table: 'placement_origins',
    names: ['decided_by'],
    of: 't.decided_by = $1',
    exported: 't.placement_id, t.decision, t.decided_at',
    order: 't.placement_id',
    erased: { set: 'decided_by = null' },
  },
  {
    table: 'course_copies',
    names: ['decided_by'],
    of: 't.decided_by = $1',
    exported: 't.id, t.title, t.decision, t.decided_at',
    order: 't.id',
    erased: { set: 'decided_by = null' },
  },
]
