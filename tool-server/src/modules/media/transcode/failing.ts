// A transcode that ends without a video: in words for the instructor, or because nobody wants it any more.

import { query, type Tx, transaction } from '../../../kernel/db.ts'
import { record } from '../../../kernel/events/outbox.ts'
import { log } from '../../../kernel/log.ts'
import { tellAsset } from '../assets.ts'
import type { Refusal } from '../limits.ts'

export const damaged = (fromSeconds: number): Refusal => ({
  code: 'media_damaged',
  message: `The video cannot be read from ${clock(fromSeconds)} on: the file is damaged or cut off. Play it to its end on your computer; if that works, export it again as MP4 and upload that.`,
})

export const cutOff = (atSeconds: number, saysSeconds: number): Refusal => ({
  code: 'media_cut_off',
  message: `The file says that it lasts ${clock(saysSeconds)}, but it ends at ${clock(atSeconds)}: it is cut off. Copy it from the camera once more, or export it again, and upload that.`,
})

export const workerDied: Refusal = {
  code: 'media_encoder_died',
  message: 'Encoding this video ended the encoder several times; the file is probably damaged. Export it again as MP4 and upload that.',
}

export const gaveUp: Refusal = {
  code: 'media_gave_up',
  message:
    'Encoding failed again and again because of a fault of this server. Your administrator finds the reason in the log; then try again here.',
}

/** The asset fails, unless an older generation of it is played: then only this attempt at a new one ends. */
export async function failAsset(of: { assetId: string; generation: number | null }, refusal: Refusal): Promise<void> {
  await transaction(async (tx) => {
    if (of.generation !== null && !(await endTranscode(tx, of.assetId, of.generation, 'failed'))) return
    const [asset] = await query<{ institution_id: string; course_id: string }>(
      tx,
      `update assets set state = 'failed', failure_code = $2, failure_message = $3, playable = false, generation = 0, updated_at = now()
       where id = $1 and state = 'processing' returning institution_id, course_id`,
      [of.assetId, refusal.code, refusal.message],
      'media.fail',
    )
    if (!asset) return
    const scope = { institutionId: asset.institution_id, courseId: asset.course_id, personId: null, placementId: null }
    await record(tx, { name: 'media.asset.failed', ...scope, data: { assetId: of.assetId, code: refusal.code } })
    tellAsset(tx, of.assetId)
  })
  log.info({ asset: of.assetId, code: refusal.code }, 'a video was refused')
}

/** false where it had ended before. */
async function endTranscode(tx: Tx, assetId: string, generation: number, state: 'failed' | 'cancelled'): Promise<boolean> {
  const rows = await query(
    tx,
    `update transcodes set state = $3, finished_at = now(), waits_for = null where asset_id = $1 and generation = $2 and state = 'encoding' returning 1`,
    [assetId, generation, state],
    'media.end-transcode',
  )
  return rows.length > 0
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${whole >= 3600 ? `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}` : Math.floor(whole / 60)}:${two(whole % 60)}`
}
