// One batch of one lane: lease, run the listener, write what became of it. The lease is renewed meanwhile; when it is lost,
// the listener's signal is aborted and nothing is written.
import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '../log.ts'
import type { Delivery, Listener } from '../module.ts'
import { countDeliveries } from '../telemetry/metrics.ts'
import { kinds, tracedAfter } from '../telemetry/tracing.ts'
import { finish, type Lease, lease, leaseSeconds, release, renew, renewSeconds, turnOver, type Verdict } from './deliveries.ts'
import { warnSeldom } from './seldom.ts'
import { deadlyRows, verdictsOf, verdictsOfError } from './verdicts.ts'

/** `ran`: there may be more; `empty`: no more was due; `busy`: another worker has the lane for so many milliseconds. */
export type Turn = { is: 'ran' } | { is: 'empty' } | { is: 'busy'; forMs: number }

/** A lease that this process works on now. */
interface InHand {
  readonly listener: Listener
  readonly lease: Lease
  /** Its loss, or the end of the process. */
  readonly signal: AbortSignal
  readonly lost: AbortSignal
  /** Whether further rows may be taken under this lease. */
  readonly goesOn: () => boolean
}

const held = new Set<Lease>()

const once = (): boolean => false

/** `goesOn`: whether a lane that takes rows ahead may take more; where it is not given, one batch is run. */
export async function runBatch(listener: Listener, lane: string, stopping: AbortSignal, goesOn = once): Promise<Turn> {
  const { taken, busyMs } = await lease(listener, lane)
  if (busyMs !== undefined) return { is: 'busy', forMs: busyMs }
  if (!taken) return { is: 'empty' }
  const { rows } = taken
  held.add(taken)
  const keeping = keepLease(taken)
  const inHand = { listener, lease: taken, signal: AbortSignal.any([keeping.lost, stopping]), lost: keeping.lost, goesOn }
  const full = rows.length === listener.batch || rows.some((row) => row.attempt > 1)
  try {
    if (full && takesAhead(listener) && goesOn()) return await runManyHanded(inHand)
    const verdicts = await verdictsOn(inHand, rows)
    if (keeping.lost.aborted) warnLost(inHand)
    else if (verdicts) await written(taken, verdicts, () => finish(taken, verdicts))
    else await release(taken)
  } finally {
    keeping.stop()
    held.delete(taken)
  }
  return { is: full ? 'ran' : 'empty' }
}

/** Only where rows have nothing to do with each other, and each is told for itself. */
const takesAhead = ({ ordered, tellsEach }: Listener): boolean => !ordered && tellsEach === true

/** With two, both were often with PostgreSQL at the same moment; a fourth brought nothing (`npm run bench -- scores`). */
const handsOfALane = 3

/**
 * While one hand works on a batch, another takes the next, or writes the end of the last: what a lane does is not held up by
 * PostgreSQL between two batches.
 */
async function runManyHanded(inHand: InHand): Promise<Turn> {
  const { lease } = inHand
  const hands = await Promise.allSettled(Array.from({ length: handsOfALane }, (_, at) => runHand(inHand, at === 0 ? lease.rows : [])))
  if (inHand.lost.aborted) warnLost(inHand)
  // After its last rows a hand has ended the lease; else they are given back.
  else if (hands.some((hand) => hand.status === 'rejected' || hand.value === 'stopped')) await release(lease)
  for (const hand of hands) if (hand.status === 'rejected') throw hand.reason
  return { is: inHand.goesOn() ? 'empty' : 'ran' }
}

async function runHand(inHand: InHand, first: readonly Delivery[]): Promise<'ended' | 'stopped'> {
  const { lease, listener, goesOn, lost } = inHand
  for (let rows = first; ; ) {
    const verdicts = await verdictsOn(inHand, rows)
    if (!verdicts || lost.aborted) return 'stopped'
    const turned = await written(lease, verdicts, () => turnOver(lease, verdicts, goesOn() ? listener.batch : 0))
    if (turned.rows.length === 0) return 'ended'
    rows = turned.rows
  }
}

/** undefined: the process stops and the run did not come to its end. */
async function verdictsOn({ listener, signal }: InHand, rows: readonly Delivery[]): Promise<Verdict[] | undefined> {
  const deadly = deadlyRows(rows, listener.retry)
  const given = rows.filter((row) => !deadly.some((verdict) => verdict.id === row.id))
  const verdicts = given.length > 0 ? await runListener(listener, given, signal) : []
  return verdicts && [...deadly, ...verdicts]
}

function warnLost({ listener, lease }: InHand): void {
  log.warn({ listener: listener.name, lane: lease.lane }, 'the lease of a lane was lost while it ran')
}

/** At the end of a process: what still runs is given back, so that others need not wait for the lease to end. */
export async function releaseHeld(): Promise<void> {
  for (const lease of held) await release(lease).catch((error) => warnSeldom('a lease could not be given back', error))
}

/** undefined: the process stops and the run did not come to its end. */
async function runListener(listener: Listener, batch: readonly Delivery[], signal: AbortSignal): Promise<Verdict[] | undefined> {
  const span = { kind: kinds.hears, attributes: { 'cuepoint.rows': batch.length } }
  try {
    const causes = batch.map((it) => it.trace)
    const outcomes = await tracedAfter(`deliver ${listener.name}`, span, causes, async () => listener.run(batch, { signal }))
    return verdictsOf(batch, outcomes, listener.retry)
  } catch (error) {
    if (signal.aborted) return undefined
    const verdicts = verdictsOfError(batch, error, listener.retry)
    warnSeldom(`${listener.name} failed`, error, { listener: listener.name, rows: batch.length })
    return verdicts
  }
}

/** The work is done: a database that is away for a moment should not make it run again. */
async function written<End extends { counted: number }>(
  lease: Lease,
  verdicts: readonly Verdict[],
  write: () => Promise<End>,
): Promise<End> {
  const { listener } = lease
  for (const verdict of verdicts) {
    if (verdict.state === 'parked') log.error({ listener, delivery: verdict.id, reason: verdict.reason }, 'a delivery was parked')
  }
  for (let tries = 1; ; tries++) {
    try {
      const end = await write()
      for (const state of ['done', 'due', 'parked'] as const) {
        const count = verdicts.filter((it) => it.state === state).length
        if (count > 0) countDeliveries(listener, state === 'due' ? 'retried' : state, count)
      }
      if (end.counted < verdicts.length) log.warn({ listener }, 'the lease of a lane was lost before its end was written')
      return end
    } catch (error) {
      if (tries === 4) throw error
      await sleep(tries * 500)
    }
  }
}

function keepLease(lease: Lease): { lost: AbortSignal; stop: () => void } {
  const lost = new AbortController()
  let renewedAt = performance.now()
  let asking = false
  const timer = setInterval(async () => {
    if (asking) return
    asking = true
    const askedAt = performance.now()
    try {
      if (await renew(lease)) renewedAt = askedAt
      else lost.abort(new Error('the lease was lost'))
    } catch (error) {
      warnSeldom('a lease could not be renewed', error)
      if (performance.now() - renewedAt > leaseSeconds * 1000) lost.abort(new Error('the lease ran out'))
    }
    asking = false
  }, renewSeconds * 1000)
  return { lost: lost.signal, stop: () => clearInterval(timer) }
}
