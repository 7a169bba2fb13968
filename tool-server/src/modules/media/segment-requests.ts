// Which segments a session asked us for: evidence beside what its player reports. Gathered in memory, written by the minute; what a
// process loses when it dies is evidence only, never credit.
import { nowMs } from '../../kernel/clock.ts'
import { queryAlone } from '../../kernel/db.ts'
import { warnSeldom } from '../../kernel/events/seldom.ts'

interface Tally {
  sessionId: string
  assetId: string
  minute: number
  requests: number
  first: number
  last: number
}

const flushMs = 5000
const mostGathered = 20_000
const gathered = new Map<string, Tally>()
let timer: NodeJS.Timeout | undefined

/** Notes one request. Never waits, never throws. */
export function noteSegment(sessionId: string, assetId: string, segment: number): void {
  const minute = Math.floor(nowMs() / 60_000) * 60_000
  const key = `${sessionId} ${assetId} ${minute}`
  const tally = gathered.get(key)
  if (tally) {
    tally.requests++
    tally.first = Math.min(tally.first, segment)
    tally.last = Math.max(tally.last, segment)
  } else if (gathered.size < mostGathered) gathered.set(key, { sessionId, assetId, minute, requests: 1, first: segment, last: segment })
  timer ??= setTimeout(() => void flushSegmentRequests(), flushMs).unref()
}

const sql = `
insert into segment_requests as old (session_id, asset_id, minute, requests, first_segment, last_segment)
select n.* from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::int[], $5::int[], $6::int[]) as n (session_id, asset_id, minute, requests, first, last)
join assets a on a.id = n.asset_id
on conflict (session_id, asset_id, minute) do update set requests = old.requests + excluded.requests,
  first_segment = least(old.first_segment, excluded.first_segment), last_segment = greatest(old.last_segment, excluded.last_segment)`

/** Writes what was gathered; before the process stops, too. */
export async function flushSegmentRequests(): Promise<void> {
  clearTimeout(timer)
  timer = undefined
  const all = [...gathered.values()]
  gathered.clear()
  if (all.length === 0) return
  try {
    await queryAlone(sql, [
      all.map((it) => it.sessionId),
      all.map((it) => it.assetId),
      all.map((it) => new Date(it.minute).toISOString()),
      all.map((it) => it.requests),
      all.map((it) => it.first),
      all.map((it) => it.last),
    ])
  } catch (error) {
    warnSeldom('segment requests could not be written', error)
  }
}

/** Kept as long as it may matter for a grade that is asked about. */
export async function dropOldSegmentRequests(): Promise<void> {
  await queryAlone('delete from segment_requests where minute < $1', [new Date(nowMs() - 180 * 86_400_000)])
}
