// What is written down of each LRS: what it took and when, its last error, and that it shut us out.
import { now } from '../../../kernel/clock.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { log } from '../../../kernel/log.ts'
import { forgetLrs, type Lrs } from './endpoints.ts'

/** So many more went there. */
export async function noteSent(lrsId: string, count: number): Promise<void> {
  await queryAlone(
    `with of_minute as (
       insert into lrs_minutes as m (lrs_id, minute, sent) values ($1, date_trunc('minute', $3::timestamptz), $2)
       on conflict (lrs_id, minute) do update set sent = m.sent + excluded.sent
     )
     update lrs_endpoints set sent = sent + $2, last_sent_at = $3 where id = $1`,
    [lrsId, count, now()],
    'lrs-note-sent',
  )
}

export async function noteError(lrsId: string, words: string): Promise<void> {
  await queryAlone('update lrs_endpoints set last_error = $2, last_error_at = $3 where id = $1', [lrsId, words, now()], 'lrs-note-error')
}

/** It lets us in no more: nothing is sent until an administrator has looked. Told once. */
export async function shut({ id, name, institutionId }: Lrs, words: string): Promise<void> {
  const rows = await queryAlone(
    `update lrs_endpoints set state = 'refused', state_reason = $2, last_error = $2, last_error_at = $3 where id = $1 and state = 'on' returning id`,
    [id, words, now()],
  )
  forgetLrs()
  if (rows.length > 0)
    log.error({ audit: 'lrs-refused', lrsId: id, lrs: name, tenant: institutionId, words }, 'an LRS refuses us: it is paused')
}

/** The rate looks at the last minutes only. */
export async function dropOldMinutes(): Promise<void> {
  await queryAlone(`delete from lrs_minutes where minute < $1::timestamptz - interval '2 hours'`, [now()])
}
