// Where a person stands at a placement: the activity's pointer, their attempts, the open attempt's answers and their Result,
// in ONE statement, because every launch asks it.
import type { Answer, Caller } from '@cuepoint/contracts'
import { query, queryAlone, type Tx } from '../../kernel/db.ts'
import { type Pointer, pointerSql } from '../content/index.ts'
import type { Attempt, StoredResult } from './assessment.models.ts'
import { practises } from './permission.ts'
import { type Terms, termsFrom, termsSql } from './terms.ts'

export interface Standing {
  pointer: Pointer | null
  /** By number, without their marks. An instructor has practice attempts only, a learner none of them. */
  attempts: Attempt[]
  /** Of the open attempt. */
  answers: Answer[]
  result: StoredResult | null
  terms: Terms
}

const standingSql = `select
  (select row_to_json(p) from (${pointerSql('$3::uuid', '$4::uuid')}) p) as pointer,
  (select json_agg(json_build_object('id', a.id, 'institutionId', a.institution_id, 'courseId', a.course_id,
      'placementId', a.placement_id, 'personId', a.person_id, 'activityId', a.activity_id, 'versionId', a.version_id,
      'number', a.number, 'state', a.state, 'seed', a.seed, 'practice', a.practice, 'locale', a.locale, 'startedAt', a.started_at,
      'deadlineAt', a.deadline_at, 'savedAt', a.saved_at, 'submittedAt', a.submitted_at, 'submitKey', a.submit_key,
      'timeUp', a.time_up, 'empty', a.empty, 'score', a.score, 'maxScore', a.max_score, 'graded', null) order by a.number)
    from attempts a where a.placement_id = $1 and a.person_id = $2 and a.activity_id = $3 and a.practice = $5) as attempts,
  (select json_agg(json_build_object('questionId', n.question_id, 'seq', n.seq, 'value', n.value) order by n.question_id)
    from answers n join attempts a on a.id = n.attempt_id
    where a.placement_id = $1 and a.person_id = $2 and a.activity_id = $3 and a.practice = $5 and a.state = 'open') as answers,
  (select json_build_object('placementId', r.placement_id, 'personId', r.person_id, 'institutionId', r.institution_id,
      'revision', r.revision, 'score', r.score, 'maxScore', r.max_score, 'attempts', r.attempts, 'submittedAt', r.submitted_at,
      'syncState', r.sync_state, 'syncRevision', r.sync_revision, 'syncReason', r.sync_reason, 'syncCode', r.sync_code, 'syncAt', r.sync_at,
      'updatedAt', r.updated_at, 'overridden', r.overridden, 'comment', r.comment)
    from results r where r.placement_id = $1 and r.person_id = $2 and not $5) as result,
  ${termsSql('$1::uuid', '$2::uuid')} as terms`

interface Row {
  pointer: Pointer | null
  attempts: Attempt[] | null
  answers: Answer[] | null
  result: StoredResult | null
  terms: Parameters<typeof termsFrom>[0]
}

/** Reads it. The placement must be known to be of the caller's course. */
export async function standingOf(caller: Caller, placementId: string, activityId: string, tx?: Tx): Promise<Standing> {
  const values = [placementId, caller.personId, activityId, caller.courseId, practises(caller)]
  const [row] = tx
    ? await query<Row>(tx, standingSql, values, 'assessment-standing')
    : await queryAlone<Row>(standingSql, values, 'assessment-standing')
  return {
    pointer: row?.pointer ?? null,
    attempts: (row?.attempts ?? []).map(attemptFrom),
    answers: row?.answers ?? [],
    result: row?.result ? resultFrom(row.result) : null,
    terms: termsFrom(row?.terms),
  }
}

// Inside JSON, times are text.
function attemptFrom(json: Attempt): Attempt {
  const { startedAt, deadlineAt, savedAt, submittedAt } = json
  return { ...json, startedAt: new Date(startedAt), deadlineAt: time(deadlineAt), savedAt: time(savedAt), submittedAt: time(submittedAt) }
}

function resultFrom(json: StoredResult): StoredResult {
  return { ...json, submittedAt: new Date(json.submittedAt), syncAt: time(json.syncAt), updatedAt: new Date(json.updatedAt) }
}

function time(text: Date | string | null): Date | null {
  return text === null ? null : new Date(text)
}
