// Works out what a person is advised in a course and keeps it: what is new is made, what is the same is brought up to date, what applies no
// more is over. What they dismissed stays dismissed.
import type { AdvicePlan } from '@cuepoint/contracts'
import { newId, now } from '../../kernel/clock.ts'
import { query, transaction } from '../../kernel/db.ts'
import { namedIn } from './plan-elsewhere.ts'
import { type Learner, notPlacedYet, progressIn, type Seat, seatsByActivity, seatsOf } from './progress.ts'
import type { Advised } from './reasons.ts'
import { adviceFor } from './rules.ts'

interface Made extends Advised {
  placementId: string
  aboutId: string
  attemptId: string
  place: number
  share: number | null
}

/** Run twice, or late, it ends the same: everything is worked out anew from what stands now. */
export async function advise(learner: Learner, planOf: (activityId: string) => AdvicePlan): Promise<void> {
  const seats = seatsByActivity(await seatsOf(learner))
  const named = [...seats.values()].flatMap(({ version, work }) => (work.last ? namedIn(planOf(version.activityId)) : []))
  const unplaced = await notPlacedYet(
    learner.courseId,
    named.filter((id) => !seats.has(id)),
  )
  const progress = await progressIn(seats, unplaced)
  const done = [...seats.values()].flatMap((seat) => (seat.work.last ? [{ seat, attemptId: seat.work.last.attemptId }] : []))
  const made = done.flatMap(({ seat, attemptId }) =>
    adviceFor(progress, seat.version.activityId, planOf(seat.version.activityId)).map(
      (one, place): Made => madeAt(seat, attemptId, one, place),
    ),
  )
  await keep(
    learner,
    made,
    done.map(({ seat, attemptId }) => ({ placementId: seat.placement.id, attemptId })),
  )
}

function madeAt({ placement, version, work }: Seat, attemptId: string, advised: Advised, place: number): Made {
  return { ...advised, placementId: placement.id, aboutId: version.activityId, attemptId, place, share: work.share }
}

const keepSql = `insert into recommendations as held (id, institution_id, course_id, person_id, placement_id, activity_id, attempt_id, mark, place, reason,
    target_activity_id, from_seconds, to_seconds, share, made_at)
  select v.id, $2, $3, $4, v.placement_id, v.activity_id, v.attempt_id, v.mark, v.place, v.reason, v.target, v.from_seconds, v.to_seconds, v.share, $5
  from unnest($1::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::int[], $11::jsonb[], $12::uuid[], $13::float8[], $14::float8[], $15::float8[])
    as v (id, placement_id, activity_id, attempt_id, mark, place, reason, target, from_seconds, to_seconds, share)
  on conflict (person_id, placement_id, activity_id, mark) do update set place = excluded.place, reason = excluded.reason,
    target_activity_id = excluded.target_activity_id, from_seconds = excluded.from_seconds, to_seconds = excluded.to_seconds, over_at = null,
    -- What it came from stays as it was when it was shown: the effect is measured from there.
    attempt_id = case when held.shown_at is null then excluded.attempt_id else held.attempt_id end,
    share = case when held.shown_at is null then excluded.share else held.share end`

const overSql = `update recommendations r set over_at = $3 where r.course_id = $1 and r.person_id = $2 and r.over_at is null
  and not exists (select from unnest($4::uuid[], $5::uuid[], $6::text[]) as v (placement_id, activity_id, mark)
    where v.placement_id = r.placement_id and v.activity_id = r.activity_id and v.mark = r.mark)`

const advisedSql = `insert into advised (placement_id, person_id, attempt_id) select v.placement_id, $1, v.attempt_id
  from unnest($2::uuid[], $3::uuid[]) as v (placement_id, attempt_id)
  on conflict (placement_id, person_id) do update set attempt_id = excluded.attempt_id`

async function keep(
  { institutionId, courseId, personId }: Learner,
  made: readonly Made[],
  done: readonly { placementId: string; attemptId: string }[],
): Promise<void> {
  const placements = made.map((it) => it.placementId)
  const abouts = made.map((it) => it.aboutId)
  const marks = made.map((it) => it.mark)
  await transaction(async (tx) => {
    // Two workers may be at the same person: what is over for one must not be new for the other.
    await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 22))', [`${courseId} ${personId}`], 'advice-lock')
    await query(
      tx,
      keepSql,
      [
        ...[made.map(newId), institutionId, courseId, personId, now(), placements, abouts, made.map((it) => it.attemptId), marks],
        ...[made.map((it) => it.place), made.map((it) => JSON.stringify(it.reason)), made.map((it) => it.activityId)],
        ...[made.map((it) => it.span?.fromSeconds ?? null), made.map((it) => it.span?.toSeconds ?? null), made.map((it) => it.share)],
      ],
      'advice-keep',
    )
    await query(tx, overSql, [courseId, personId, now(), placements, abouts, marks], 'advice-over')
    await query(tx, advisedSql, [personId, done.map((it) => it.placementId), done.map((it) => it.attemptId)], 'advice-advised')
  })
}
