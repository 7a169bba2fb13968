// The learners of a course as its teachers see them: who is enrolled, who was, in which sections and groups.
import type { Caller, CourseGroup, Enrolment } from '@cuepoint/contracts'
import { queryAlone } from '../../kernel/db.ts'

export interface CourseLearner {
  personId: string
  name: string
  enrolment: Enrolment
  groupIds: string[]
}

const groupIdsSql = `array(select gm.group_id from course_group_members gm join course_groups g on g.id = gm.group_id
  where gm.person_id = p.id and g.course_id = $1)`

/**
 * Everybody whom the course has as a learner, and of `alsoIds` (who have attempts, say) those whom it has not: a teacher by now, or
 * nobody there any more.
 */
export async function learnersOf({ courseId, institutionId }: Caller, alsoIds: readonly string[]): Promise<CourseLearner[]> {
  return queryAlone<CourseLearner & Record<string, unknown>>(
    `select p.id "personId", p.name, ${groupIdsSql} "groupIds",
       case when m.person_id is null then 'unlisted' when m.role = 'instructor' then 'teacher' else m.status end enrolment
     from people p left join memberships m on m.person_id = p.id and m.course_id = $1
     where p.institution_id = $2 and (m.role = 'learner' or p.id = any($3::uuid[]))
     order by p.family_name, p.name, p.id`,
    [courseId, institutionId, alsoIds],
  )
}

/** Sections and groups of the caller's course, sections first, their own before the others. */
export async function groupsOf({ courseId, personId }: Caller): Promise<CourseGroup[]> {
  return queryAlone<CourseGroup & Record<string, unknown>>(
    `select g.id, g.kind, coalesce(nullif(g.name, ''), g.external_id) as name, g.name <> '' as named,
       exists (select from course_group_members m where m.group_id = g.id and m.person_id = $2) as own
     from course_groups g where g.course_id = $1 order by g.kind desc, own desc, 3, g.id`,
    [courseId, personId],
  )
}

export interface SheetPerson {
  email: string
  sourcedId: string
  /** The school's own ids of the section that they come from, and of the course. */
  sectionSourcedId: string
  courseSourcedId: string
}

/** What the roster's CSV says of a person beside their results; by person. */
export async function rosterSheetOf({ institutionId, courseId }: Caller, ids: readonly string[]): Promise<Map<string, SheetPerson>> {
  const rows = await queryAlone<SheetPerson & { id: string }>(
    `select p.id, p.email, p.sourced_id "sourcedId", coalesce(m.section_sourced_id, '') "sectionSourcedId", c.sourced_id "courseSourcedId"
     from people p join courses c on c.id = $3 left join memberships m on m.person_id = p.id and m.course_id = c.id
     where p.institution_id = $1 and p.id = any($2::uuid[])`,
    [institutionId, ids, courseId],
  )
  return new Map(rows.map(({ id, ...person }) => [id, person]))
}
