// What analytics keeps of people: what the dashboards count, and the statements told of them.
import type { PersonalTable } from '../../kernel/module.ts'
import { forgetFacts } from './insight/forget-facts.ts'
import { voidStatementsOf } from './voiding/void-all.ts'

const ofCourse = 't.placement_id in (select id from placements where course_id = $1)'

export const analyticsPeople: readonly PersonalTable[] = [
  {
    table: 'insight_facts',
    names: ['person_id', 'attempt_id'],
    exported: null,
    erased: forgetFacts,
    why: 'worked out from the attempts and events, which are exported',
    ages: { with: 'course', of: ofCourse },
  },
  {
    table: 'insight_sums',
    names: [],
    of: 'false',
    exported: null,
    erased: 'kept',
    why: 'sums over a class: whoever is erased is taken out of them with their facts',
    // What is left of a course that has grown old names nobody, unless it is of so few that it is as good as a name.
    ages: { with: 'course', of: `${ofCourse} and coalesce((t.sums->>'submitted')::int, 0) < 5` },
  },
  {
    table: 'statements',
    names: ['person_id'],
    exported: 't.statement, t.stored',
    order: 't.sequence',
    erased: voidStatementsOf,
    // Voiding statements name nobody.
    ages: { with: 'time', at: 't.stored', unless: 't.person_id is null' },
  },
]
