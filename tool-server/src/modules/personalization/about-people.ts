// What personalization keeps of people: what they were advised, and which instructor last changed the rules.
import type { PersonalTable } from '../../kernel/module.ts'

const ofCourse = 't.placement_id in (select id from placements where course_id = $1)'

export const personalizationPeople: readonly PersonalTable[] = [
  {
    table: 'recommendations',
    names: ['person_id', 'attempt_id'],
    exported: `(select title from placements where placements.id = t.placement_id) as placement, t.reason,
      (select title from activities where activities.id = t.target_activity_id) as target, t.from_seconds, t.to_seconds, t.share, t.made_at, t.shown_at,
      t.dismissed_at, t.followed_at, t.over_at`,
    order: 't.made_at, t.id',
    erased: 'deleted',
    ages: { with: 'course', of: ofCourse },
  },
  {
    table: 'advised',
    names: ['person_id', 'attempt_id'],
    exported: null,
    erased: 'deleted',
    why: 'how far advising has come; what was advised is exported',
    ages: { with: 'course', of: ofCourse },
  },
  {
    table: 'advice_plans',
    names: ['changed_by'],
    of: 't.changed_by = $1',
    exported: 't.activity_id, t.changed_at',
    order: 't.activity_id',
    erased: { set: 'changed_by = null' },
  },
]
