// The listener that carries Results to the LMS gradebook (AGS scores). Newest only; never more calls of one registration at a
// time than its LMS bears (Canvas's rate bucket).
import type { LearningEvent } from '@cuepoint/contracts'
import type { Tx } from '../../../kernel/db.ts'
import { record } from '../../../kernel/events/outbox.ts'
import { type Delivery, listener, type Outcome } from '../../../kernel/module.ts'
import { kinds, tracedAfter } from '../../../kernel/telemetry/tracing.ts'
import { lmsOf } from '../lms/index.ts'
import { listRegistrations, type Registration, registrationById } from '../platforms/registry.ts'
import { scopes } from './grade-call.ts'
import { type End, ScoreEnds } from './score-ends.ts'
import { claim, type LedgerRow, scoreRoute, sendScoreName, want } from './score-ledger.ts'
import { failedScore, type Sent, sendOne } from './score-try.ts'
import { type Sending, sendingTo } from './sending.ts'

const retry = { firstSeconds: 2, capSeconds: 3600, attempts: 80 }

type Heard = 'assessment.result.changed' | 'gradebook.score.requested'
type ScoreDelivery = Delivery<Heard>

export const sendScore = listener({
  name: sendScoreName,
  hears: ['assessment.result.changed', 'gradebook.score.requested'],
  queue: 'outbound',
  ordered: false,
  batch: 96,
  tellsEach: true,
  retry,
  // In the transaction of the Result: the wanted score stands in the ledger the moment the attempt is submitted.
  async route(event, tx) {
    if (!event.placementId || !event.personId) return null
    const registrationId = await scoreRoute(tx, event.placementId, scopes.score)
    if (!registrationId) return null
    if (event.name === 'assessment.result.changed') await wanted(tx, event as LearningEvent<'assessment.result.changed'>, registrationId)
    return { lane: registrationId }
  },
  async run(batch, { signal }) {
    const registration = await activeRegistration(batch[0]?.lane ?? '')
    const spacing = lmsOf(registration?.lms ?? '').scoreSpacingSeconds
    const rows = await claim(
      batch.map(({ event: { placementId, personId, data } }) => ({
        placementId: placementId ?? '',
        personId: personId ?? '',
        revision: data.revision,
      })),
      spacing,
    )
    const outcomes = await sendAll(rows, batch, registration, signal)
    // What was sent is written down; the rest is given back untried.
    signal.throwIfAborted()
    return outcomes
  },
})

async function wanted(tx: Tx, event: LearningEvent<'assessment.result.changed'>, registrationId: string): Promise<void> {
  await want(tx, event, registrationId)
  const { institutionId, courseId, personId, placementId } = event
  const scope = { institutionId, courseId, personId, placementId }
  await record(tx, { name: 'gradebook.score.waiting', ...scope, data: { revision: event.data.revision } })
}

/** What is remembered may be older than the registration: before a score is refused for it, the table is asked. */
async function activeRegistration(id: string): Promise<Registration | undefined> {
  const isIt = (it: Registration | undefined) => it?.id === id && it.status === 'active'
  const known = await registrationById(id)
  return isIt(known) ? known : (await listRegistrations()).find(isIt)
}

const keyOf = (it: { placement_id: string; person_id: string }): string => `${it.placement_id} ${it.person_id}`

/** Each for itself: one that fails (the database, say) must not have the others sent again while they are still under way. */
async function sendAll(
  rows: readonly LedgerRow[],
  batch: readonly ScoreDelivery[],
  registration: Registration | undefined,
  signal: AbortSignal,
): Promise<Map<string, Outcome>> {
  const deliveries = new Map<string, ScoreDelivery[]>()
  for (const delivery of batch) {
    const key = `${delivery.event.placementId} ${delivery.event.personId}`
    deliveries.set(key, [...(deliveries.get(key) ?? []), delivery])
  }
  const outcomes = new Map<string, Outcome>()
  const ends = new ScoreEnds()
  const writing: Promise<void>[] = []
  const end = (row: LedgerRow, { outcome, state, status, why, code, notStored }: Sent): void => {
    const mine = (deliveries.get(keyOf(row)) ?? []).filter(({ event }) => event.data.revision === row.revision)
    const tell = (it: Outcome | undefined) => {
      if (it) for (const { id } of mine) outcomes.set(id, it)
    }
    const tries = Math.max(...mine.map(({ attempt }) => attempt))
    const last = outcome && 'retry' in outcome && tries >= retry.attempts
    const written: End = last
      ? { row, state: 'refused', status, why: `${why}; given up after ${tries} tries`, code: 'given-up', notStored }
      : { row, state, status, why, code, notStored }
    const told: Outcome | undefined = last ? { giveUp: written.why ?? '' } : outcome
    writing.push(
      ends.add(written).then(
        () => tell(told),
        (error: unknown) => tell({ retry: error instanceof Error ? error.message : 'it could not be written down' }),
      ),
    )
  }
  if (!registration) for (const row of rows) end(row, notActive)
  else
    await sendingTo(registration.id, lmsOf(registration.lms).mostInFlight, async (sending) => {
      const left = await sending.each(rows, signal, async (row) => {
        const causes = (deliveries.get(keyOf(row)) ?? []).map((it) => it.trace)
        const send = () => sendOne(registration, row, sending).catch((error: unknown) => failedScore(error, sending))
        end(row, await tracedAfter('send score', { kind: kinds.works }, causes.slice(-1), send))
      })
      for (const row of left) end(row, untried(sending))
    })
  ends.flush()
  await Promise.all(writing)
  return outcomes
}

const inactiveWords = 'this LMS is not active in Cuepoint any more'
const notActive: Sent = {
  state: 'refused',
  status: null,
  why: inactiveWords,
  code: 'inactive',
  notStored: true,
  outcome: { giveUp: inactiveWords },
}

function untried({ pause }: Sending): Sent {
  const { why, ...after } = pause ?? { why: 'the worker stopped' }
  return { state: 'waiting', status: null, why, notStored: true, outcome: { retry: why, ...after } }
}
