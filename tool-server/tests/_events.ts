// Events and listeners for the tests of deliveries: small, and remembering what they were given.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { closeDatabase, openDatabase, queryAlone, transaction } from '../src/kernel/db.ts'
import { type NewEvent, recordAll, registerListeners } from '../src/kernel/events/outbox.ts'
import { runBatch } from '../src/kernel/events/run-batch.ts'
import { closeLive } from '../src/kernel/live.ts'
import { setLogLevel } from '../src/kernel/log.ts'
import type { Delivery, Listener, Outcome } from '../src/kernel/module.ts'
import { freshDatabase } from './_database.ts'

type Told = NewEvent<'gradebook.score.accepted'>

/** An open database for one file of tests; the returned function ends it. */
export async function openTestDatabase(): Promise<{ url: string; close: () => Promise<void> }> {
  setLogLevel('silent')
  const { url, drop } = await freshDatabase()
  await openDatabase(url, 10)
  return {
    url,
    close: async () => {
      // What is told to open pages is on its way still: a query that comes while the pool closes would hold it up.
      await closeLive()
      await closeDatabase()
      await drop()
    },
  }
}

/** An event whose revision tells it apart; its person decides the lane of `scribe`. */
export function told(revision: number, personId: string = alice): Told {
  const scope = { institutionId: school, courseId: null, personId, placementId: null }
  return { name: 'gradebook.score.accepted', ...scope, data: { revision } }
}

export async function tell(...events: Told[]): Promise<void> {
  await transaction((tx) => recordAll(tx, events))
}

export const school = randomUUID()
export const alice = randomUUID()
export const bob = randomUUID()

export interface Scribe extends Listener {
  /** Revisions, as they were run. */
  readonly wrote: number[]
  readonly batches: number[][]
}

/** A listener that writes down what it hears; `run` may be replaced by `deed`. */
export function scribe(
  over: Partial<Omit<Listener, 'run'>> = {},
  deed: (batch: readonly Delivery[], signal: AbortSignal) => Promise<ReadonlyMap<string, Outcome> | void> | void = () => undefined,
): Scribe {
  const wrote: number[] = []
  const batches: number[][] = []
  return {
    name: 'test.write-down',
    hears: ['gradebook.score.accepted'],
    queue: 'quick',
    ordered: true,
    batch: 10,
    retry: { firstSeconds: 10, capSeconds: 100, attempts: 4 },
    route: (event) => ({ lane: event.personId ?? '' }),
    ...over,
    wrote,
    batches,
    run: async (batch, { signal }) => {
      batches.push(batch.map(revisionOf))
      const outcomes = await deed(batch, signal)
      wrote.push(...batch.filter((delivery) => !outcomes?.has(delivery.id)).map(revisionOf))
      return outcomes
    },
  }
}

export function revisionOf(delivery: Delivery): number {
  return (delivery.event.data as { revision: number }).revision
}

/** Works a lane off in this process, without a queue, until nothing is due. */
export async function drain(listener: Listener, lane: string = alice): Promise<void> {
  while ((await runBatch(listener, lane, new AbortController().signal)).is === 'ran');
}

/** Registers the listeners and forgets all rows. */
export async function startOver(...listeners: Listener[]): Promise<void> {
  registerListeners(listeners)
  await queryAlone('truncate events, deliveries, lane_leases')
}

export async function states(): Promise<string[]> {
  return (await queryAlone<{ state: string }>('select state from deliveries order by id')).map((row) => row.state)
}

/** Looks until it is so, or fails after `seconds`; answers with how long it took in milliseconds. */
export async function until(isSo: () => Promise<boolean> | boolean, seconds = 30): Promise<number> {
  const start = performance.now()
  while (!(await isSo())) {
    if (performance.now() - start > seconds * 1000) throw new Error(`it was not so after ${seconds} s`)
    await sleep(20)
  }
  return performance.now() - start
}
