// What a player's page tells is checked and recorded: each event once by the id that the page made, at a time that can be true, about an
// attempt of the caller. Who it is, what was watched and how far, the server says.
import { createHash } from 'node:crypto'
import { type Caller, type EventReceipt, PlayerEvent } from '@cuepoint/contracts'
import { now, nowMs } from '../../kernel/clock.ts'
import { query, type Tx, transaction } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { recordLast } from '../../kernel/events/outbox.ts'
import { versionOf } from '../content/index.ts'
import type { Attempt } from './assessment.models.ts'
import { ownAttempt } from './attempt-rows.ts'
import { assertRecords } from './permission.ts'
import { isOfVideo, moveOf, type Page, refusalOf, type Told, toldBy } from './player-events-told.ts'
import { isVideo, lengthOf } from './video-length.ts'
import { playedFactsAt } from './video-tracks.ts'
import { maxSpeed } from './watch.ts'
import { watchingsOf } from './watching-rows.ts'

/** attempt_not_found, placement_read_only, rate_limited. */
export async function keepPlayerEvents(
  caller: Caller,
  attemptId: string,
  { sentAt, events }: { sentAt: string; events: readonly unknown[] },
  userAgent?: string,
): Promise<EventReceipt> {
  assertRecords(caller)
  const receipt: EventReceipt = { taken: [], refused: [] }
  const fitting = events.flatMap((one) => {
    const parsed = PlayerEvent.safeParse(one)
    if (parsed.success) return [parsed.data]
    receipt.refused.push({ id: idIn(one), why: 'It has no shape that is known here.' })
    return []
  })
  // Of this session: nobody can use up what another person may tell.
  assertPace(`${caller.sessionId} ${attemptId.toLowerCase()}`, events.length)
  await transaction(async (tx) => {
    // The same batch may come twice at once: from a page that leaves, and from the next one.
    await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`player events ${attemptId}`], 'player-events-lock')
    const attempt = await ownAttempt(tx, caller, attemptId)
    if (fitting.length === 0) return
    const page = await pageOf(tx, attempt)
    const at = timeOf(sentAt, attempt)
    const inOrder = [...fitting].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    const known = await knownOf(
      tx,
      inOrder.map((one) => eventIdOf(attempt.id, one)),
    )
    const fresh = inOrder.filter((one) => {
      const id = eventIdOf(attempt.id, one)
      const why = known.has(id) ? null : refusalOf(one, page)
      if (why === null) receipt.taken.push(one.id)
      else receipt.refused.push({ id: one.id, why })
      const isNew = why === null && !known.has(id)
      known.add(id)
      return isNew
    })
    const { institutionId, courseId, personId, placementId } = attempt
    const scope = { institutionId, courseId, personId, placementId }
    const moves = page.video && fresh.some(isOfVideo) ? await movesOf(tx, attempt) : []
    const before = moves.length
    moves.push(...fresh.filter(isOfVideo).map((one) => moveOf(one, at(one.at))))
    let place = before - 1
    await recordLast(
      tx,
      fresh.map((one) => {
        const occurredAt = at(one.at)
        const view = 'viewId' in one.data ? eventIdOf(attempt.id, { id: one.data.viewId, name: 'video.initialized' }) : ''
        if (isOfVideo(one)) place++
        const told = toldBy(one, page, { openedBy: view, at: occurredAt, moves, place, userAgent })
        return { ...told, ...scope, id: eventIdOf(attempt.id, one), occurredAt }
      }),
    )
  })
  return receipt
}

function idIn(one: unknown): string | null {
  const id = (one as { id?: unknown } | null)?.id
  return typeof id === 'string' ? id.slice(0, 100) : null
}

/** The page's id belongs to its attempt: nobody can use up the id of another's. A video is completed once in an attempt, whoever says so again. */
function eventIdOf(attemptId: string, { id, name }: Pick<PlayerEvent, 'id' | 'name'>): string {
  const bytes = createHash('sha256')
    .update(`${attemptId}\n${name === 'video.completed' ? name : id}`)
    .digest()
    .subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

async function knownOf(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(tx, 'select id from events where id = any($1::uuid[])', [ids], 'player-events-known')
  return new Set(rows.map(({ id }) => id))
}

async function pageOf(tx: Tx, attempt: Attempt): Promise<Page> {
  const version = await versionOf(attempt.versionId, tx)
  if (!isVideo(version)) return { attempt, version, video: null }
  const [lengthSeconds, watchings] = [await lengthOf(attempt.institutionId, version, tx), await watchingsOf([attempt.id], tx)]
  const watching = watchings.get(attempt.id)
  const { watchedThreshold } = version.document.settings
  const facts = await playedFactsAt(attempt.institutionId, version, tx)
  return {
    ...{ attempt, version },
    video: {
      ...{ lengthSeconds, watchedThreshold, facts },
      watched: watching?.watched ?? [],
      share: watching?.share ?? 0,
      spareSeconds: watching ? Math.min(mostSpare, maxSpeed * (secondsSince(watching.at) + 1)) : 0,
    },
  }
}

/** What was played since the last report may be told before it is reported; so much of it is believed. */
const mostSpare = 12
const secondsSince = (at: number): number => Math.max(0, nowMs() - at) / 1000

/** What the pages of an attempt told of its video before, in the order in which it came. */
async function movesOf(tx: Tx, { id, placementId, personId }: Attempt): Promise<Told[]> {
  return query<Told & Record<string, unknown>>(
    tx,
    `select name, data->>'viewId' as "viewId", (extract(epoch from occurred_at) * 1000)::float8 as at, (data->>'seconds')::float8 as seconds,
       (data->>'fromSeconds')::float8 as "fromSeconds", (data->>'toSeconds')::float8 as "toSeconds", data#>>'{state,captions}' as captions
     from events where placement_id = $1 and person_id = $2 and data->>'attemptId' = $3 and name like 'assessment.video.%' order by events.sequence`,
    [placementId, personId, id],
    'player-events-moves',
  )
}

/** A browser's clock may be wrong: what counts is how long before sending it happened, inside the attempt and not in the future. */
function timeOf(sentAt: string, { startedAt }: Attempt): (at: string) => Date {
  const end = now().getTime()
  const wrong = end - Date.parse(sentAt)
  return (at) => new Date(Math.min(end, Math.max(startedAt.getTime(), Date.parse(at) + wrong)))
}

const burst = 400
const perSecond = 5
const paces = new Map<string, { left: number; at: number }>()

/** Per attempt and process: a page that plays a video tells a few events a minute. */
function assertPace(attemptId: string, count: number): void {
  const before = paces.get(attemptId) ?? { left: burst, at: nowMs() }
  const left = Math.min(burst, before.left + (Math.max(0, nowMs() - before.at) / 1000) * perSecond) - count
  if (left < 0) throw new AppError('rate_limited', 'This page tells too much at once. It will try again.')
  paces.delete(attemptId)
  paces.set(attemptId, { left, at: nowMs() })
  if (paces.size > 5000) paces.delete(paces.keys().next().value as string)
}
