// How far a Result has come on its way to the LMS, as `gradebook.score.*` tell it, kept beside the Result.
import type { EventName, LearningEvent } from '@cuepoint/contracts'
import { queryAlone } from '../../kernel/db.ts'
import { listener } from '../../kernel/module.ts'

const states = {
  'gradebook.score.waiting': 'waiting',
  'gradebook.score.accepted': 'accepted',
  'gradebook.score.refused': 'refused',
} as const
type Heard = keyof typeof states

// The newer revision wins, of one revision what was said later: hearing it twice, or out of order, ends the same.
const keepSql = `update results r set sync_state = v.state, sync_revision = v.revision, sync_reason = v.reason, sync_code = v.code, sync_at = v.at
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::timestamptz[])
    as v (placement_id, person_id, state, revision, reason, code, at)
  where r.placement_id = v.placement_id and r.person_id = v.person_id
    and (r.sync_revision < v.revision or (r.sync_revision = v.revision and (r.sync_at is null or r.sync_at <= v.at)))`

/** Keeps what these events tell, by one statement. */
export async function keepSyncStates(events: readonly LearningEvent<Heard>[]): Promise<void> {
  const newest = new Map<string, LearningEvent<Heard>>()
  for (const event of events) {
    const key = `${event.placementId} ${event.personId}`
    const known = newest.get(key)
    if (!known || isLater(event, known)) newest.set(key, event)
  }
  const rows = [...newest.values()]
  const data = rows.map((event) => event.data as { revision: number; reason?: string; code?: string })
  await queryAlone(
    keepSql,
    [
      rows.map((event) => event.placementId),
      rows.map((event) => event.personId),
      rows.map((event) => states[event.name]),
      data.map(({ revision }) => revision),
      data.map(({ reason }) => reason ?? null),
      data.map(({ code }) => code ?? null),
      rows.map((event) => event.occurredAt),
    ],
    'keep-sync-states',
  )
}

function isLater(one: LearningEvent<Heard>, other: LearningEvent<Heard>): boolean {
  const ahead = one.data.revision - other.data.revision
  return ahead > 0 || (ahead === 0 && one.occurredAt >= other.occurredAt)
}

export const keepSyncStateListener = listener({
  name: 'assessment.keep-sync-state',
  hears: Object.keys(states) as Heard[] satisfies EventName[],
  queue: 'quick',
  // Order does not matter (above), so that a class's lights are kept many at a time.
  ordered: false,
  batch: 200,
  retry: { firstSeconds: 1, capSeconds: 60, attempts: 20 },
  route: ({ placementId, personId }) => (placementId && personId ? { lane: placementId } : null),
  run: (batch) => keepSyncStates(batch.map(({ event }) => event)),
})
