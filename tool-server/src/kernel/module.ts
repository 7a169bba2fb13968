// What a room hands to the app: models, routes, listeners, schedules, each declared as data.
import type { EventName, LearningEvent } from '@cuepoint/contracts'
import type { Sequelize } from 'sequelize'
import type { Tx } from './db.ts'
import type { Route } from './http/implement.ts'
import type { Carrier } from './telemetry/tracing.ts'

/** quick: our own database only; outbound: calls other servers; heavy: minutes of processor time. */
export type QueueName = 'quick' | 'outbound' | 'heavy'
export const queueNames: readonly QueueName[] = ['quick', 'outbound', 'heavy']

/** Where a delivery goes: a lane keeps order and limits, a target tells endpoints of one listener apart. */
export interface Lane {
  target?: string
  lane: string
}

type Routes = Lane | readonly Lane[] | null

/** One event on its way to one listener. */
export interface Delivery<N extends EventName = EventName> {
  /** Row id in `deliveries`. */
  id: string
  event: LearningEvent<N>
  target: string
  lane: string
  /** 1 for the first try. */
  attempt: number
  /** The trace of what caused it, see kernel/telemetry/tracing.ts. */
  trace: Carrier | null
}

/** What became of a delivery of a batch; a row that is not named is done. */
export type Outcome = { retry: string; afterSeconds?: number } | { giveUp: string }

export interface ListenerRun {
  /** Aborted when the lease is lost or the process stops. */
  signal: AbortSignal
}

/** ALL asynchronous work: runs after the event is committed, at least once, so it must be idempotent. */
export interface Listener<N extends EventName = EventName> {
  /** `room.verb-noun` */
  readonly name: string
  readonly hears: readonly N[] | 'all'
  readonly queue: QueueName
  /** true: a row that waits for a retry holds back the later rows of its lane. */
  readonly ordered: boolean
  /** Most rows in one run. */
  readonly batch: number
  /**
   * true: `run` tells row by row what became of it, so a batch with rows that failed before is not halved to find the bad one. Where it is not
   * `ordered` either, `run` may be called for a second batch of the lane while the first is under way.
   */
  readonly tellsEach?: boolean
  /** Waits double from `firstSeconds` to `capSeconds`, with jitter; parked after `attempts` tries. */
  readonly retry: { firstSeconds: number; capSeconds: number; attempts: number }
  /** Runs inside the transaction that records the event; null = nothing for this listener, a list = several targets. */
  route(event: LearningEvent<N>, tx: Tx): Promise<Routes> | Routes
  /** Throws to retry the whole batch (GiveUp: to park it, TryLater: to wait); or tells row by row. */
  run(batch: readonly Delivery<N>[], context: ListenerRun): Promise<ReadonlyMap<string, Outcome> | void>
}

/** Work by the clock; runs in one process at a time. */
export interface Schedule {
  readonly name: string
  readonly everySeconds: number
  run(): Promise<void>
}

/**
 * What a table of a room keeps of people: what the export of one person says of it, and what becomes of it when that person is erased.
 * Every column that names a person stands in one of these (tests/privacy-tables.test.ts). SQL here knows the table as `t` and the person as $1.
 */
export interface PersonalTable {
  readonly table: string
  /** Its columns that name a person, or a session or attempt of one. */
  readonly names: readonly string[]
  /** Which rows are of the person; absent = `t.person_id = $1`. */
  readonly of?: string
  /** A select list: what the person is given. No other person, no secret, no key of a question. null = nothing, and `why`. */
  readonly exported: string | null
  /** The columns that the rows are told in; absent = as they come. */
  readonly order?: string
  /** kept: `why` says so. An assignment: of the rows only these columns are emptied. A deed answers with how many rows went. */
  readonly erased: 'deleted' | 'kept' | { readonly set: string } | ((tx: Tx, personId: string) => Promise<number>)
  readonly why?: string
  /** Erased while it is still known who the person is, before the rest. */
  readonly atOnce?: true
  /** How its rows grow old: with their course (SQL that knows the course as $1), or by themselves at a time of theirs. Absent: with others. */
  readonly ages?:
    | { readonly with: 'course'; readonly of: string }
    | { readonly with: 'time'; readonly at: string; readonly unless?: string }
}

/** A figure of `/metrics` that is looked up when somebody asks; `read` answers with one value per set of labels. */
export interface Figure {
  /** Without `cuepoint_`. */
  readonly name: string
  readonly description: string
  read(): Promise<readonly { value: number; of?: Readonly<Record<string, string>> }[]>
}

export interface Module {
  readonly name: string
  /** What it keeps of people; erased in this order. */
  readonly personal?: readonly PersonalTable[]
  /** Tells Sequelize this room's tables. */
  readonly models?: (sequelize: Sequelize) => void
  readonly routes?: readonly Route[]
  readonly listeners?: readonly Listener[]
  readonly schedules?: readonly Schedule[]
  /** What `/metrics` shows of it. */
  readonly figures?: readonly Figure[]
}

export function listener<const N extends EventName>(it: Listener<N>): Listener {
  return it as unknown as Listener
}
export function schedule(it: Schedule): Schedule {
  return it
}
export function defineModule(it: Module): Module {
  return it
}
