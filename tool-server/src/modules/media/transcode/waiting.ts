// Why a file that was uploaded is not being made ready at this moment, for the page of who waits for it.
import type { EncodeWait } from '@cuepoint/contracts'
import { queryAlone } from '../../../kernel/db.ts'
import { unserved, workerProcesses } from '../../../kernel/jobs/presence.ts'

const listeners = ['media.plan-transcode', 'media.encode-chunk']

/** null: it is worked on, or will be in a moment. */
export async function encodeWaitOf(assetId: string): Promise<EncodeWait | null> {
  const [now] = await queryAlone<{ room: boolean; inWork: boolean; ahead: number }>(
    `with begun as (
       select c.asset_id from transcode_chunks c join transcodes t using (asset_id, generation)
       where t.state = 'encoding' and c.begun_at is not null and not c.done)
     select exists (select from transcodes where asset_id = $1 and state = 'encoding' and waits_for = 'room') as room,
       exists (select from begun where asset_id = $1) as "inWork",
       (select count(distinct asset_id)::int from begun where asset_id <> $1) as ahead`,
    [assetId],
    'media.encode-wait',
  )
  if (now?.room) return { for: 'room', ahead: 0 }
  if (unserved(listeners, await workerProcesses()).length > 0) return { for: 'worker', ahead: 0 }
  return now && !now.inWork && now.ahead > 0 ? { for: 'turn', ahead: now.ahead } : null
}
