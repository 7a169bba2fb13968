// Who and where, as a record of learning names them: the account at the LMS, the course, its sections. For many at once.
import { queryAlone } from '../../kernel/db.ts'

export interface KnownPerson {
  externalId: string
  email: string
  /** Where the account is: the LMS's issuer; '' where none is known. */
  homePage: string
  /** Nothing is told of them any more. */
  erased: boolean
}

export interface KnownCourse {
  externalId: string
  title: string
}

interface LearningFacts {
  people: ReadonlyMap<string, KnownPerson>
  courses: ReadonlyMap<string, KnownCourse>
  /** By `${personId} ${courseId}`. */
  sections: ReadonlyMap<string, readonly { id: string; name: string }[]>
}

const factsSql = `select 'person' as kind, p.id, null::uuid as course, p.external_id as "externalId", p.email as text, i.home_page as "homePage", p.erased_at is not null as erased
  from people p join institutions i on i.id = p.institution_id where p.id = any($1::uuid[])
union all select 'course', c.id, null, c.external_id, c.title, '', false from courses c where c.id = any($2::uuid[])
union all select 'section', m.person_id, g.course_id, g.id::text, coalesce(nullif(g.name, ''), g.external_id), '', false
  from course_group_members m join course_groups g on g.id = m.group_id
  where m.person_id = any($1::uuid[]) and g.course_id = any($2::uuid[]) and g.kind = 'section'
order by 4`

interface Row extends Record<string, unknown> {
  kind: 'person' | 'course' | 'section'
  id: string
  course: string | null
  externalId: string
  text: string
  homePage: string
  erased: boolean
}

/** By one statement. */
export async function learningFactsOf(personIds: readonly string[], courseIds: readonly string[]): Promise<LearningFacts> {
  const people = new Map<string, KnownPerson>()
  const courses = new Map<string, KnownCourse>()
  const sections = new Map<string, { id: string; name: string }[]>()
  for (const { kind, id, course, externalId, text, homePage, erased } of await queryAlone<Row>(
    factsSql,
    [personIds, courseIds],
    'learning-facts',
  )) {
    if (kind === 'person') people.set(id, { externalId, email: text, homePage, erased })
    else if (kind === 'course') courses.set(id, { externalId, title: text })
    else sections.set(`${id} ${course}`, [...(sections.get(`${id} ${course}`) ?? []), { id: externalId, name: text }])
  }
  return { people, courses, sections }
}
