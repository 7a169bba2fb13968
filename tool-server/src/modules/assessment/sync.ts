// How far a Result has come on its way to the LMS, as `gradebook.score.*` tell it, kept beside the Result.
import type { EventName } from '@cuepoint/contracts'
import { queryAlone } from '../../kernel/db.ts'
import { type Delivery, listener } from '../../kernel/module.ts'

const states = {
  'gradebook.score.waiting': 'waiting',
  'gradebook.score.accepted': 'accepted',
  'gradebook.score.refused': 'refused',
} as const
type Heard = keyof typeof states

type Told = Pick<Delivery<Heard>, 'id' | 'event'>

// The newer revision wins, of one revision what was said later: hearing it twice, or out of order, ends the same. Later is what has the
// higher delivery, for it was recorded later; by the clock it may be earlier, where that was set back.
const keepSql = `update results r set sync_state = v.state, sync_revision = v.revision, sync_reason = v.reason, sync_code = v.code, sync_at = v.at,
    sync_order = v.place
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::timestamptz[], $8::bigint[])
    as v (placement_id, person_id, state, revision, reason, code, at, place)
  where r.placement_id = v.placement_id and r.person_id = v.person_id
    and (r.sync_revision < v.revision or (r.sync_revision = v.revision and r.sync_order <= v.place))`

/** Keeps what these deliveries tell, by one statement. */
export async function keepSyncStates(deliveries: readonly Told[]): Promise<void> {
  const newest = new Map<string, Told>()
  for (const told of deliveries) {
    const key = `${told.event.placementId} ${told.event.personId}`
    const known = newest.get(key)
    if (!known || isLater(told, known)) newest.set(key, told)
  }
  const rows = [...newest.values()]
  const events = rows.map(({ event }) => event)
  const data = events.map((event) => event.data as { revision: number; reason?: string; code?: string })
  await queryAlone(
    keepSql,
    [
      events.map((event) => event.placementId),
      events.map((event) => event.personId),
      events.map((event) => states[event.name]),
      data.map(({ revision }) => revision),
      data.map(({ reason }) => reason ?? null),
      data.map(({ code }) => code ?? null),
      events.map((event) => event.occurredAt),
      rows.map(({ id }) => id),
    ],
    'keep-sync-states',
  )
}

function isLater(one: Told, other: Told): boolean {
  const ahead = one.event.data.revision - other.event.data.revision
  return ahead > 0 || (ahead === 0 && BigInt(one.id) >= BigInt(other.id))
}

export const keepSyncStateListener = listener({
  name: 'assessment.keep-sync-state',
  hears: Object.keys(states) as Heard[] satisfies EventName[],
  queue: 'quick',
  // Order does not matter (above), so that a class's lights are kept many at a time.
  ordered: false,
  batch: 200,
  retry: { firstSeconds: 1, capSeconds: 60, attempts: 20 },
  // A new Result is written as waiting already (results.ts): only what is sent once more has to be told.
  route: ({ name, placementId, personId, data }) =>
    placementId && personId && (name !== 'gradebook.score.waiting' || ('again' in data && data.again)) ? { lane: placementId } : null,
  run: (batch) => keepSyncStates(batch),
})
