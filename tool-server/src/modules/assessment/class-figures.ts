// The class at a placement in one statement, a row per learner: what the dashboards count and list.
import type { Caller, SyncState } from '@cuepoint/contracts'
import { queryAlone } from '../../kernel/db.ts'

export interface ClassRow {
  personId: string
  name: string
  /** On the class list, and not away. */
  enrolled: boolean
  attempts: number
  open: boolean
  answered: boolean
  /** learner-state.ts */
  finished: boolean
  /** Share of the points of the last two handed-in attempts, the later first. */
  shares: number[]
  lastActiveAt: Date | null
  /** Of handed-in attempts, the first one's. */
  seconds: number | null
  share: number | null
  sync: SyncState | null
}

/** Learners of the caller's course for whom the placement is, and whoever has attempts there. */
export async function classFiguresOf({ institutionId, courseId }: Caller, placementId: string, activityId: string): Promise<ClassRow[]> {
  return queryAlone<ClassRow & Record<string, unknown>>(
    `with tries as (
       select person_id, count(*)::int as attempts, bool_or(state = 'open') as open, bool_or(state = 'submitted') as submitted,
         bool_or(state = 'submitted' and not empty) as finished, bool_or(saved_at is not null or (state = 'submitted' and not empty)) as answered,
         coalesce((array_agg(score / nullif(max_score, 0) order by number desc) filter (where state = 'submitted' and not empty))[1:2], '{}') as shares,
         max(greatest(started_at, saved_at, submitted_at)) as last_at,
         (array_agg(extract(epoch from submitted_at - started_at)::float8 order by number) filter (where state = 'submitted' and not empty))[1] as seconds
       from attempts where institution_id = $1 and placement_id = $3 and activity_id = $4 and not practice group by person_id),
     listed as (select person_id, status = 'active' as active from memberships where course_id = $2 and role = 'learner'),
     members as (select m.person_id from placement_rosters pr join placement_members m using (placement_id) where pr.placement_id = $3 and pr.restricted)
     select p.id as "personId", p.name, coalesce(l.active, false) as enrolled, coalesce(t.attempts, 0) as attempts, coalesce(t.open, false) as open,
       coalesce(t.answered, false) as answered, coalesce(t.finished, false) as finished, coalesce(t.shares, '{}') as shares,
       t.last_at as "lastActiveAt", t.seconds, case when t.submitted then r.score / nullif(r.max_score, 0) end as share, r.sync_state as sync
     from people p left join listed l on l.person_id = p.id left join tries t on t.person_id = p.id
       left join results r on r.placement_id = $3 and r.person_id = p.id
     where p.institution_id = $1 and (t.person_id is not null
       or (l.active and (not exists (select from placement_rosters pr where pr.placement_id = $3 and pr.restricted) or p.id in (select person_id from members))))
     order by p.family_name, p.name, p.id`,
    [institutionId, courseId, placementId, activityId],
    'assessment-class-figures',
  )
}
