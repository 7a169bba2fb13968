// A course that was busy for months, written by SQL: a class, activities, handed-in attempts, Results and the events of all of it. The facts
// and sums behind the dashboard are the product's own work on these events, for one activity, and copied for the others.
import { randomUUID } from 'node:crypto'
import type { Caller } from '@cuepoint/contracts'
import { queryAlone } from '../../src/kernel/db.ts'
import { listenerNamed } from '../../src/kernel/events/listeners.ts'
import type { Delivery } from '../../src/kernel/module.ts'
import { newSchool, placeQuiz, quizOf, textQuestion } from '../../tests/_quiz.ts'

export interface BusyCourse {
  teacher: Caller
  events: number
  placement(at: number): string
  learner(at: number): string
}

const questions = 8

export async function makeCourse(of: { learners: number; placements: number; events: number }): Promise<BusyCourse> {
  const school = await newSchool()
  const { institutionId, courseId, placementId: first, instructor } = school
  const document = quizOf(Array.from({ length: questions }, (_, at) => textQuestion(`q${at + 1}`)))
  const activityId = await placeQuiz(school, document)
  const [version] = await queryAlone<{ id: string }>('select id from versions where activity_id = $1', [activityId])
  const versionId = version?.id ?? ''
  const people = await queryAlone<{ id: string }>(
    `insert into people (id, institution_id, external_id, name, family_name)
     select gen_random_uuid(), $1, $3::text || n, 'Learner ' || n, 'Learner' from generate_series(1, $2::int) n returning id`,
    [institutionId, of.learners, `${courseId} `],
  )
  const ids = people.map(({ id }) => id)
  await queryAlone(`insert into memberships (person_id, course_id, role) select id, $2, 'learner' from unnest($1::uuid[]) as id`, [
    ids,
    courseId,
  ])
  const placements = [first, ...Array.from({ length: of.placements - 1 }, () => randomUUID())]
  await queryAlone(
    `insert into placements (id, course_id, external_id, title, takes_scores, activity_id)
     select id, $2, id::text, 'Placement', true, $3 from unnest($1::uuid[]) as id on conflict do nothing`,
    [placements, courseId, activityId],
  )
  await queryAlone(
    `insert into attempts (id, institution_id, course_id, placement_id, person_id, activity_id, version_id, number, state, seed, started_at,
       submitted_at, saved_at, score, max_score)
     select gen_random_uuid(), $1, $2, pl, pe, $5, $6, 1, 'submitted', gen_random_uuid(), now() - interval '10 days',
       now() - interval '10 days' + interval '1 second' * (300 + random() * 900), now() - interval '9 days', floor(random() * 9), ${questions}
     from unnest($3::uuid[]) pl cross join unnest($4::uuid[]) pe`,
    [institutionId, courseId, placements, ids, activityId, versionId],
  )
  await queryAlone(
    `insert into results (placement_id, person_id, institution_id, revision, score, max_score, attempts, submitted_at, updated_at, sync_state)
     select placement_id, person_id, institution_id, 1, score, max_score, 1, submitted_at, submitted_at, 'accepted' from attempts where course_id = $1`,
    [courseId],
  )
  const each = Math.max(2, Math.round(of.events / (of.learners * of.placements)))
  for (const placementId of placements) await tell(placementId, each)
  await queryAlone('analyze')
  await fold(first)
  await queryAlone('analyze insight_facts')
  const sets = placements.slice(1)
  await queryAlone(
    `insert into insight_facts (attempt_id, institution_id, placement_id, person_id, version_id, fact, updated_at)
     select a.id, f.institution_id, a.placement_id, f.person_id, f.version_id, jsonb_set(f.fact, '{attemptId}', to_jsonb(a.id)), now()
     from insight_facts f join attempts a on a.person_id = f.person_id and a.placement_id = any($2::uuid[]) where f.placement_id = $1`,
    [first, sets],
  )
  await queryAlone(
    `insert into insight_sums (placement_id, version_id, sums, updated_at) select id, s.version_id, s.sums, now()
     from insight_sums s cross join unnest($2::uuid[]) as id where s.placement_id = $1`,
    [first, sets],
  )
  const teacher: Caller = { ...instructor, activityId }
  const pick = (all: readonly string[], at: number): string => all[(at * 7919) % all.length] as string
  const [counted] = await queryAlone<{ n: number }>('select count(*)::int as n from events where course_id = $1', [courseId])
  return { teacher, events: counted?.n ?? 0, placement: (at) => pick(placements, at), learner: (at) => pick(ids, at) }

  /** Of each learner: opened, looks and changes, handed in. */
  async function tell(placementId: string, count: number): Promise<void> {
    await queryAlone(
      `insert into events (id, name, version, institution_id, course_id, person_id, placement_id, data, occurred_at)
       select gen_random_uuid(),
         case when n = 1 then 'assessment.attempt.opened' when n = $3::int then 'assessment.attempt.submitted'
           when n % 2 = 0 then 'assessment.question.shown' else 'assessment.answer.changed' end,
         2, a.institution_id, a.course_id, a.person_id, a.placement_id,
         jsonb_build_object('attemptId', a.id, 'activityId', a.activity_id, 'versionId', a.version_id, 'number', 1, 'locale', 'en', 'practice', false)
         || case when n = 1 then jsonb_build_object('startedAt', a.started_at, 'deadlineAt', null)
           when n = $3::int then jsonb_build_object('startedAt', a.started_at, 'submittedAt', a.submitted_at, 'timeUp', false, 'score', a.score,
             'maxScore', a.max_score, 'passShare', null, 'answersShown', true, 'questions', (
               select jsonb_agg(jsonb_build_object('questionId', 'q' || q, 'kind', 'short-text', 'topicIds', '[]'::jsonb, 'maxScore', 1,
                 'score', case when q <= a.score then 1 else 0 end,
                 'answer', jsonb_build_object('kind', 'short-text', 'text', case when q <= a.score then 'right' else 'wrong ' || q % 3 end)))
               from generate_series(1, ${questions}) q))
           else jsonb_build_object('questionId', 'q' || (1 + n % ${questions}), 'times', 1) end,
         a.started_at + interval '1 second' * n
       from attempts a cross join generate_series(1, $3::int) n where a.placement_id = $1 and a.course_id = $2`,
      [placementId, courseId, count],
    )
  }

  /** The product's own listener, told that each was handed in. */
  async function fold(placementId: string): Promise<void> {
    const listener = listenerNamed('analytics.keep-insight')
    const events = await queryAlone<Record<string, unknown>>(
      `select id, name, version, institution_id "institutionId", course_id "courseId", person_id "personId", placement_id "placementId", data,
         occurred_at "occurredAt" from events where placement_id = $1 and name = 'assessment.attempt.submitted'`,
      [placementId],
    )
    const rest = { id: '0', target: '', lane: placementId, attempt: 1, trace: null }
    const batch = events.map((event) => ({ ...rest, event }) as unknown as Delivery)
    for (let at = 0; at < batch.length; at += 200) await listener?.run(batch.slice(at, at + 200), { signal: AbortSignal.timeout(120_000) })
  }
}
