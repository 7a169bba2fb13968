// Advice as it is stored: read by the learner's page, by deeds of the learner, and by the instructor's report.
import type { EventData } from '@cuepoint/contracts'
import { query, queryAlone, type Tx } from '../../kernel/db.ts'
import { activityTitlesOf } from '../content/index.ts'
import type { Learner } from './progress.ts'
import type { Reason } from './reasons.ts'

export interface AdviceStored extends Record<string, unknown> {
  id: string
  institutionId: string
  courseId: string
  personId: string
  placementId: string
  activityId: string
  attemptId: string
  reason: Reason
  targetId: string
  fromSeconds: number | null
  toSeconds: number | null
  share: number | null
  madeAt: Date
  shownAt: Date | null
  dismissedAt: Date | null
  followedAt: Date | null
  overAt: Date | null
}

export const columns = `r.id, r.institution_id "institutionId", r.course_id "courseId", r.person_id "personId", r.placement_id "placementId",
  r.activity_id "activityId", r.attempt_id "attemptId", r.reason, r.target_activity_id "targetId", r.from_seconds "fromSeconds",
  r.to_seconds "toSeconds", r.share, r.made_at "madeAt", r.shown_at "shownAt", r.dismissed_at "dismissedAt", r.followed_at "followedAt",
  r.over_at "overAt"`

/** What stands for a person in their course: not dismissed, not over. */
export function standingAdvice({ institutionId, courseId, personId }: Learner): Promise<AdviceStored[]> {
  return queryAlone<AdviceStored>(
    `select ${columns} from recommendations r where r.institution_id = $1 and r.course_id = $2 and r.person_id = $3
       and r.dismissed_at is null and r.over_at is null order by r.made_at desc, r.place, r.id limit 200`,
    [institutionId, courseId, personId],
    'advice-standing',
  )
}

/** Locked: of the learner's own advice in this course, whichever of these there are. */
export function ownAdvice(tx: Tx, { institutionId, courseId, personId }: Learner, ids: readonly string[]): Promise<AdviceStored[]> {
  return query<AdviceStored>(
    tx,
    `select ${columns} from recommendations r where r.id = any($4::uuid[]) and r.institution_id = $1 and r.course_id = $2 and r.person_id = $3
     order by r.id for update`,
    [institutionId, courseId, personId, ids],
    'advice-own',
  )
}

/** Locked: what else stands for this person and leads to the same place. */
export function alike(tx: Tx, { id, courseId, personId, targetId, fromSeconds, toSeconds }: AdviceStored): Promise<AdviceStored[]> {
  return query<AdviceStored>(
    tx,
    `select ${columns} from recommendations r where r.course_id = $2 and r.person_id = $3 and r.id <> $1 and r.target_activity_id = $4
       and r.from_seconds is not distinct from $5 and r.to_seconds is not distinct from $6 and r.dismissed_at is null and r.over_at is null
     order by r.id for update`,
    [id, courseId, personId, targetId, fromSeconds, toSeconds],
    'advice-alike',
  )
}

export function spanOf({ fromSeconds, toSeconds }: AdviceStored): { fromSeconds: number; toSeconds: number } | null {
  return fromSeconds === null || toSeconds === null ? null : { fromSeconds, toSeconds }
}

export const scopeOf = ({ institutionId, courseId, personId, placementId }: AdviceStored) => ({
  ...{ institutionId, courseId, personId, placementId },
})

/** What the events of each piece of advice say of it. */
export async function toldOf(rows: readonly AdviceStored[]): Promise<EventData<'personalization.recommendation.shown'>[]> {
  const titles = await activityTitlesOf([...new Set(rows.map(({ targetId }) => targetId))])
  return rows.map((row) => ({
    recommendationId: row.id,
    activityId: row.activityId,
    attemptId: row.attemptId,
    reason: row.reason.code,
    target: { activityId: row.targetId, title: titles.get(row.targetId) ?? '', span: spanOf(row) },
  }))
}
