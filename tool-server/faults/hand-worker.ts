// A worker by hand: it runs the lanes that are due and moves the clock on to what waits, so that an hour of retries takes a moment.
import { queryAlone } from '../src/kernel/db.ts'
import { clockShift, databaseNow } from '../src/kernel/events/database-time.ts'
import { dueLanes } from '../src/kernel/events/due-lanes.ts'
import { listenerNamed } from '../src/kernel/events/listeners.ts'
import { runBatch } from '../src/kernel/events/run-batch.ts'
import type { Listener } from '../src/kernel/module.ts'
import type { MovedClock } from './moved-clock.ts'

const mostTurns = 2000
/** Without an end to it, work is begun again and again: no row has so much to do. */
const mostBatches = 300
const dayMs = 86_400_000

/** What waits does not come to an end by the moved clock. */
export class Unsettled extends Error {}

export class HandWorker {
  private readonly clock: MovedClock
  private readonly names: readonly string[]
  private readonly never = new AbortController().signal

  /** `names`: the listeners that it serves. */
  constructor(clock: MovedClock, names: readonly string[]) {
    this.clock = clock
    this.names = names
  }

  /** All that is due now, lanes side by side. */
  async work(): Promise<void> {
    const all = this.listeners()
    for (let turns = 0; turns < mostBatches; turns++) {
      const lanes = await dueLanes(all, 100)
      if (lanes.length === 0) return
      await Promise.all(
        lanes.map(({ listener, lane }) => runBatch(all.find((it) => it.name === listener) as Listener, lane, this.never, () => true)),
      )
    }
    throw new Unsettled(`${mostBatches} batches of one lane, and still work that is due at once`)
  }

  /** Until nothing waits any more. Its time runs out by the clock that it moves on, so that what tries for ever ends in words. */
  async settle(withinMs = dayMs): Promise<void> {
    const over = this.clock.movedMs + withinMs
    for (let turns = 0; turns < mostTurns; turns++) {
      await this.work()
      const waitMs = await this.nextInMs()
      if (waitMs === null) return
      if (this.clock.movedMs + waitMs > over) break
      this.clock.advance(Math.max(waitMs, 0) + 1)
    }
    throw new Unsettled(`something still waits after ${withinMs / dayMs} days of the moved clock`)
  }

  /** When the next lane has a row that is due (of an ordered one: its first) and no lease of a dead worker; null = nothing waits. */
  private async nextInMs(): Promise<number | null> {
    const ordered = this.listeners().flatMap((it) => (it.ordered ? [it.name] : []))
    const [next] = await queryAlone<{ ms: number | null }>(
      `select extract(epoch from min(at) - ${databaseNow('$2')})::float8 * 1000 as ms from (
         select greatest(case when listener = any ($3::text[]) then (array_agg(due_at order by id))[1] else min(due_at) end,
           (select until from lane_leases l where l.listener = d.listener and l.lane = d.lane)) as at
         from deliveries d where state = 'due' and listener = any ($1::text[]) group by listener, lane) lanes`,
      [this.names, clockShift(), ordered],
    )
    return next?.ms ?? null
  }

  private listeners(): Listener[] {
    return this.names.map((name) => {
      const found = listenerNamed(name)
      if (!found) throw new Error(`there is no listener ${name}`)
      return found
    })
  }
}
