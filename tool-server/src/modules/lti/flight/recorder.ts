// Gathers what happened to launches and calls in memory and writes it twice a second by one statement: a launch pays for an object,
// and a full or absent database costs it nothing. What a process had not written when it was killed is lost.
import { hash } from 'node:crypto'
import type { Flight as SeenFlight } from '@cuepoint/contracts'
import { nowMs } from '../../../kernel/clock.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { warnSeldom } from '../../../kernel/events/seldom.ts'
import { countLaunch } from '../../../kernel/telemetry/metrics.ts'

type Outcome = SeenFlight['outcome']
export type Facts = Record<string, string | number | boolean>

/** One launch or call under way. Nothing about a person may go into steps and facts. */
export interface Flight {
  readonly kind: string
  readonly at: number
  readonly began: number
  /** What went well, with the time it took, in ms. */
  readonly steps: { name: string; ok: boolean; ms: number }[]
  facts: Facts
  marked: number
  /** Set where it ended otherwise than well without throwing. */
  ended?: { outcome: Outcome; reason: string }
  registrationId: string | null
  /** The platform's own id of it. */
  deploymentId: string | null
  institutionId: string | null
  /** Ties the rungs of one login together. */
  trail: string | null
}

export function beginFlight(kind: string): Flight {
  const began = performance.now()
  return {
    kind,
    at: nowMs(),
    began,
    marked: began,
    steps: [],
    facts: {},
    registrationId: null,
    deploymentId: null,
    institutionId: null,
    trail: null,
  }
}

const tenths = (ms: number): number => Math.round(ms * 10) / 10

/** The step went well. */
export function mark(flight: Flight, name: string): void {
  const at = performance.now()
  flight.steps.push({ name, ok: true, ms: tenths(at - flight.marked) })
  flight.marked = at
}

/** The same for all rungs of a login, and of no use to who reads it. */
export function trailOf(state: string): string {
  return hash('sha256', `trail ${state}`, 'base64url').slice(0, 16)
}

interface Row {
  kind: string
  /** In ms since 1970. */
  at: number
  ms: number
  outcome: Outcome
  reason: string | null
  support_code: string | null
  trail: string | null
  registration_id: string | null
  deployment_id: string | null
  institution_id: string | null
  steps: Flight['steps']
  facts: Facts
}

const everyMs = 500
/** Most that wait to be written, e.g. while the database is away. */
const mostWaiting = 2000
const waiting: Row[] = []
let timer: ReturnType<typeof setTimeout> | undefined
let writing: Promise<void> = Promise.resolve()

export function endFlight(flight: Flight, outcome: Outcome, reason: string | null = null, supportCode: string | null = null): void {
  if (flight.kind === 'launch') countLaunch(outcome)
  if (waiting.length >= mostWaiting) waiting.splice(0, mostWaiting / 10)
  waiting.push({
    kind: flight.kind,
    at: flight.at,
    ms: Math.round(performance.now() - flight.began),
    outcome,
    reason: reason?.slice(0, 200) ?? null,
    support_code: supportCode,
    trail: flight.trail,
    registration_id: flight.registrationId,
    deployment_id: flight.deploymentId,
    institution_id: flight.institutionId,
    steps: flight.steps,
    facts: flight.facts,
  })
  timer ??= setTimeout(() => void flushFlights(), everyMs).unref()
}

/** Writes what waits; also called when the process ends. Never throws. */
export function flushFlights(): Promise<void> {
  clearTimeout(timer)
  timer = undefined
  writing = writing.then(() => write(worthKeeping(waiting.splice(0))))
  return writing
}

/** A class's scores make more than are kept: of a deployment's calls that went well, only the newest are written at all. */
function worthKeeping(rows: readonly Row[]): Row[] {
  const calls = new Map<string, number>()
  const newestFirst = rows.toReversed().filter(({ kind, outcome, registration_id, deployment_id }) => {
    if (outcome !== 'ok' || kind === 'login' || kind === 'launch') return true
    const of = `${registration_id} ${deployment_id}`
    calls.set(of, (calls.get(of) ?? 0) + 1)
    return (calls.get(of) ?? 0) <= kept
  })
  return newestFirst.reverse()
}

// Refusals are counted too, by the day: the rows themselves go when there are newer ones.
const writeSql = `
with rows as (
  select kind, to_timestamp(at / 1000) as at, ms, outcome, reason, support_code, trail, registration_id, deployment_id, institution_id, steps, facts
  from jsonb_to_recordset($1::jsonb) as r (kind text, at float8, ms int, outcome text, reason text, support_code text, trail text,
    registration_id uuid, deployment_id text, institution_id uuid, steps jsonb, facts jsonb)),
counted as (
  insert into refusal_counts as c (day, registration_id, deployment_id, reason, count)
  select (at at time zone 'utc')::date, coalesce(registration_id::text, ''), coalesce(deployment_id, ''), coalesce(reason, ''), count(*)
  from rows where kind in ('login', 'launch') and outcome in ('refused', 'failed') group by 1, 2, 3, 4
  on conflict (day, registration_id, deployment_id, reason) do update set count = c.count + excluded.count)
insert into flights (kind, at, ms, outcome, reason, support_code, trail, registration_id, deployment_id, institution_id, steps, facts)
select kind, at, ms, outcome, reason, support_code, trail, registration_id, deployment_id, institution_id, steps, facts from rows`

async function write(rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  try {
    await queryAlone(writeSql, [JSON.stringify(rows)], 'write-flights')
  } catch (error) {
    warnSeldom('the flight recorder could not write', error)
  }
}

const kept = 200

/**
 * Drops all but the newest 200 of each deployment: launches and calls apart, what went well and what did not apart, so that a busy
 * morning does not push out the one launch that somebody asks about.
 */
export async function dropOldFlights(): Promise<void> {
  await queryAlone(
    `delete from flights f using (
       select id, row_number() over (partition by registration_id, deployment_id, kind in ('login', 'launch'), outcome = 'ok' order by id desc) place
       from flights) o
     where o.id = f.id and o.place > $1`,
    [kept],
  )
  await queryAlone('delete from refusal_counts where day < $1', [new Date(nowMs() - 100 * 86_400_000)])
}
