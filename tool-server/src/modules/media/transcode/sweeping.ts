// By the clock: files that nobody plays any more, folders of killed jobs, transcodes that were parked, and ladders that are out of date.
import { config } from '../../../kernel/config.ts'
import { query, queryAlone, transaction } from '../../../kernel/db.ts'
import { record } from '../../../kernel/events/outbox.ts'
import { schedule } from '../../../kernel/module.ts'
import { storage } from '../../../kernel/storage.ts'
import { ladderVersion } from '../ladder.ts'
import { sweepWork } from './job-folder.ts'
import { playedPrefix, workPrefix } from './keys.ts'

/** A chunk of what was given up may be under way for a moment. */
const settleSeconds = 60

/** Removes what retired, failed or was cancelled; a retired generation stays as long as a session that may play it. */
export async function sweepTranscodes(): Promise<void> {
  await queryAlone(
    `update transcodes t set state = 'cancelled', finished_at = now() from assets a
     where a.id = t.asset_id and t.state = 'encoding' and (a.deleted_at is not null or a.state in ('failed', 'cancelled'))`,
    [],
    'media.end-unwanted',
  )
  const rows = await queryAlone<{ asset_id: string; generation: number; played: boolean }>(
    `select t.asset_id, t.generation, a.generation = t.generation and a.deleted_at is null and a.state = 'ready' as played
     from transcodes t join assets a on a.id = t.asset_id
     where t.swept_at is null and t.state <> 'encoding' and t.state <> 'done'
       and t.finished_at < now() - make_interval(secs => case when t.state = 'replaced' then $1::float8 else $2::float8 end) limit 20`,
    [config().sessionSeconds, settleSeconds],
    'media.transcodes-to-sweep',
  )
  for (const { asset_id, generation, played } of rows) {
    await storage().removeAll(workPrefix(asset_id, generation))
    if (!played) await storage().removeAll(playedPrefix(asset_id, generation))
    await queryAlone('update transcodes set swept_at = now() where asset_id = $1 and generation = $2', [asset_id, generation])
  }
  await sweepWork()
}

export const sweepTranscodesSchedule = schedule({ name: 'media.sweep-transcodes', everySeconds: 60, run: sweepTranscodes })

/** One video at a time that was encoded by an older ladder is encoded anew, while nothing else is. */
export async function renewLadders(): Promise<void> {
  const [old] = await queryAlone<{ id: string; institution_id: string; course_id: string }>(
    `select a.id, a.institution_id, a.course_id from assets a join transcodes t on t.asset_id = a.id and t.generation = a.generation
     where a.state = 'ready' and a.deleted_at is null and a.original_key is not null and t.state = 'done' and t.ladder_version < $1
       and not exists (select 1 from transcodes u where u.state = 'encoding')
       and not exists (select 1 from transcodes u where u.asset_id = a.id and u.generation > a.generation and u.ladder_version >= $1)
     order by a.created_at desc limit 1`,
    [ladderVersion],
    'media.old-ladders',
  )
  if (!old) return
  await transaction(async (tx) => {
    await query(tx, 'select id from assets where id = $1 for update', [old.id])
    const scope = { institutionId: old.institution_id, courseId: old.course_id, personId: null, placementId: null }
    await record(tx, { name: 'media.transcode.requested', ...scope, data: { assetId: old.id, why: 'ladder' } })
  })
}

export const renewLaddersSchedule = schedule({ name: 'media.renew-ladders', everySeconds: 120, run: renewLadders })
