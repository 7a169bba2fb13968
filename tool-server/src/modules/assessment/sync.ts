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
const keepSql = `update results set sync_state = $3, sync_revision = $4, sync_reason = $5, sync_at = $6
  where placement_id = $1 and person_id = $2
    and (sync_revision < $4 or (sync_revision = $4 and (sync_at is null or sync_at <= $6)))`

/** Keeps what one event tells. */
export async function keepSyncState(event: LearningEvent<Heard>): Promise<void> {
  const { revision, reason = null } = event.data as { revision: number; reason?: string }
  await queryAlone(keepSql, [event.placementId, event.personId, states[event.name], revision, reason, event.occurredAt])
}

export const keepSyncStateListener = listener({
  name: 'assessment.keep-sync-state',
  hears: Object.keys(states) as Heard[] satisfies EventName[],
  queue: 'quick',
  ordered: true,
  batch: 50,
  retry: { firstSeconds: 1, capSeconds: 60, attempts: 20 },
  route: ({ placementId, personId }) => (placementId && personId ? { lane: `${placementId} ${personId}` } : null),
  run: async (batch) => {
    for (const { event } of batch) await keepSyncState(event)
  },
})
