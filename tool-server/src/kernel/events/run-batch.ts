// One batch of one lane: lease, run the listener, write what became of it. The lease is renewed meanwhile; when it is lost,
// the listener's signal is aborted and nothing is written.
import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '../log.ts'
import type { Delivery, Listener } from '../module.ts'
import { countDeliveries } from '../telemetry/metrics.ts'
import { kinds, tracedAfter } from '../telemetry/tracing.ts'
import { finish, type Lease, lease, leaseSeconds, release, renew, renewSeconds, type Verdict } from './deliveries.ts'
import { warnSeldom } from './seldom.ts'
import { deadlyRows, verdictsOf, verdictsOfError } from './verdicts.ts'

/** `ran`: a full batch, there may be more; `empty`: no more was due; `busy`: another worker has the lane for so many milliseconds. */
export type Turn = { is: 'ran' } | { is: 'empty' } | { is: 'busy'; forMs: number }

/** Batches that this process runs now. */
const held = new Set<Lease>()

export async function runBatch(listener: Listener, lane: string, stopping: AbortSignal): Promise<Turn> {
  const { taken, busyMs } = await lease(listener, lane)
  if (busyMs !== undefined) return { is: 'busy', forMs: busyMs }
  if (!taken) return { is: 'empty' }
  const { rows } = taken
  held.add(taken)
  const keeping = keepLease(taken)
  try {
    const deadly = deadlyRows(rows, listener.retry)
    const given = rows.filter((row) => !deadly.some((verdict) => verdict.id === row.id))
    const signal = AbortSignal.any([keeping.lost, stopping])
    const verdicts = given.length > 0 ? await runListener(listener, given, signal) : []
    if (keeping.lost.aborted) log.warn({ listener: listener.name, rows: rows.length }, 'the lease of a lane was lost while it ran')
    else if (verdicts) await write(taken, [...deadly, ...verdicts])
    else await release(taken)
  } finally {
    keeping.stop()
    held.delete(taken)
  }
  const full = rows.length === listener.batch || rows.some((row) => row.attempt > 1)
  return { is: full ? 'ran' : 'empty' }
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

async function write(lease: Lease, verdicts: readonly Verdict[]): Promise<void> {
  const { listener } = lease
  for (const verdict of verdicts) {
    if (verdict.state === 'parked') log.error({ listener, delivery: verdict.id, reason: verdict.reason }, 'a delivery was parked')
  }
  // The work is done: a database that is away for a moment should not make it run again.
  for (let tries = 1; ; tries++) {
    try {
      const written = await finish(lease, verdicts)
      for (const state of ['done', 'due', 'parked'] as const) {
        const count = verdicts.filter((it) => it.state === state).length
        if (count > 0) countDeliveries(listener, state === 'due' ? 'retried' : state, count)
      }
      if (written < verdicts.length) log.warn({ listener }, 'the lease of a lane was lost before its end was written')
      return
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
