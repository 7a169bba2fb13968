// What assessment keeps of people: their work, what counts of it, and what teachers decided about it.
import type { PersonalTable } from '../../kernel/module.ts'

const placement = '(select title from placements where placements.id = t.placement_id) as placement'
const ofCourse = { with: 'course', of: 't.placement_id in (select id from placements where course_id = $1)' } as const
const own = 't.attempt_id in (select id from attempts where person_id = $1)'

export const assessmentPeople: readonly PersonalTable[] = [
  {
    table: 'watch_reports',
    names: ['attempt_id'],
    of: own,
    exported: 't.attempt_id, t.at, t.why, t.from_seconds, t.to_seconds',
    order: 't.id',
    erased: 'deleted',
  },
  {
    table: 'watchings',
    names: ['attempt_id'],
    of: own,
    exported: 't.attempt_id, t.watched, t.position_seconds, t.length_seconds, t.share, t.heard_at, t.score',
    order: 't.attempt_id',
    erased: 'deleted',
  },
  {
    table: 'cue_checks',
    names: ['attempt_id'],
    of: own,
    exported: 't.attempt_id, t.cue_id, t.question_id, t.tries, t.answer, t.score, t.verdict, t.checked_at',
    order: 't.attempt_id, t.cue_id',
    erased: 'deleted',
  },
  {
    table: 'answers',
    names: ['attempt_id'],
    of: own,
    exported: 't.attempt_id, t.question_id, t.value, t.saved_at',
    order: 't.attempt_id, t.question_id',
    erased: 'deleted',
  },
  {
    table: 'attempts',
    names: ['person_id'],
    // The seed can undo a shuffle: it stays here.
    exported: `t.id, (select title from courses where courses.id = t.course_id) as course, ${placement},
      (select title from activities where activities.id = t.activity_id) as activity, t.number, t.state, t.practice, t.locale, t.started_at,
      t.deadline_at, t.saved_at, t.submitted_at, t.time_up, t.score, t.max_score, t.graded`,
    order: 't.started_at, t.id',
    erased: 'deleted',
    ages: { with: 'course', of: 't.course_id = $1' },
  },
  {
    table: 'results',
    names: ['person_id'],
    exported: `${placement}, t.score, t.max_score, t.attempts, t.submitted_at, t.overridden, t.comment, t.sync_state, t.sync_at, t.updated_at`,
    order: 't.placement_id',
    erased: 'deleted',
    ages: ofCourse,
  },
  {
    table: 'allowances',
    names: ['person_id'],
    exported: `${placement}, t.extra_attempts, t.extra_seconds, t.updated_at`,
    order: 't.placement_id',
    erased: 'deleted',
    ages: ofCourse,
  },
  {
    table: 'score_overrides',
    // Set by this person of another's work: the other's, with an id that leads to no name any more.
    names: ['person_id', 'by_person_id'],
    exported: `${placement}, t.score, t.max_score, t.comment, t.at`,
    order: 't.placement_id, t.activity_id',
    erased: 'deleted',
    ages: ofCourse,
  },
  {
    table: 'teacher_deeds',
    names: ['person_id', 'by_person_id'],
    exported: `${placement}, t.deed, t.before, t.after, t.at`,
    order: 't.at, t.id',
    erased: 'deleted',
    ages: ofCourse,
  },
]
