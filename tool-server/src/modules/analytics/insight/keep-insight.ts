// The listener behind the dashboards: whatever an attempt tells, its fact is made anew from all of its events, and the sums change by the
// difference. So it does not matter how often or in which order events come.
import type { LearningEvent } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { query, type Tx, transaction } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/live.ts'
import { type Delivery, listener } from '../../../kernel/module.ts'
import { type Aggregate, emptyAggregate, fold } from './aggregates.ts'
import { type AttemptFact, factOf } from './facts.ts'
import type { Told } from './plays.ts'

/** `subscribe` to it with a placement's id: its figures have changed. */
export const insightChannel = 'analytics.insight'

const heard = [
  ...(['assessment.attempt.opened', 'assessment.attempt.submitted', 'assessment.question.shown', 'assessment.answer.changed'] as const),
  ...(['assessment.video.played', 'assessment.video.paused', 'assessment.video.seeked', 'assessment.video.completed'] as const),
  ...(['assessment.video.terminated', 'assessment.video.interacted', 'assessment.cue.checked'] as const),
] as const
type Heard = (typeof heard)[number]

export const keepInsight = listener({
  name: 'analytics.keep-insight',
  hears: heard,
  queue: 'quick',
  ordered: false,
  batch: 200,
  retry: { firstSeconds: 1, capSeconds: 300, attempts: 50 },
  // A teacher's own try is nobody's learning.
  route: ({ placementId, personId, data }) => (placementId && personId && !data.practice ? { lane: placementId } : null),
  run: (batch) => keep(batch),
})

async function keep(batch: readonly Delivery<Heard>[]): Promise<void> {
  // A lane is one placement.
  const [first] = batch
  if (!first) return
  const events = batch.map(({ event }) => event)
  await keepAt(first.event.institutionId, first.lane, events)
}

async function keepAt(institutionId: string, placementId: string, events: readonly LearningEvent<Heard>[]): Promise<void> {
  const people = new Map(events.map(({ data, personId }) => [data.attemptId, personId ?? '']))
  await transaction(async (tx) => {
    await lockSums(tx, placementId)
    const ids = [...people.keys()]
    const told = await eventsOf(tx, placementId, [...new Set(people.values())], ids)
    const before = await factsOf(tx, ids)
    const after = ids.flatMap((id) => factOf(id, people.get(id) ?? '', told.get(id) ?? []) ?? [])
    const changed = after.filter((fact) => !same(before.get(fact.attemptId), fact))
    if (changed.length === 0) return
    const olds = changed.flatMap((fact) => before.get(fact.attemptId) ?? [])
    await changeSums(tx, placementId, olds, changed)
    await writeFacts(tx, { institutionId, placementId }, changed)
    publish(tx, insightChannel, placementId)
  })
}

async function eventsOf(tx: Tx, placementId: string, people: readonly string[], attempts: readonly string[]): Promise<Map<string, Told[]>> {
  const rows = await query<{
    attempt_id: string
    id: string
    name: Told['name']
    occurred_at: Date
    sequence: number
    data: Record<string, unknown>
  }>(
    tx,
    `select data->>'attemptId' as attempt_id, id, name, occurred_at, sequence::float8 as sequence, data from events
     where placement_id = $1 and person_id = any($2::uuid[]) and data->>'attemptId' = any($3::text[])
     order by events.sequence`,
    [placementId, people, attempts],
    'insight-events',
  )
  const told = new Map<string, Told[]>()
  for (const { attempt_id, occurred_at, ...event } of rows) {
    const known = told.get(attempt_id)
    const one = { ...event, occurredAt: occurred_at }
    if (known) known.push(one)
    else told.set(attempt_id, [one])
  }
  return told
}

async function factsOf(tx: Tx, attempts: readonly string[]): Promise<Map<string, AttemptFact>> {
  const rows = await query<{ fact: AttemptFact }>(
    tx,
    'select fact from insight_facts where attempt_id = any($1::uuid[])',
    [attempts],
    'insight-facts',
  )
  return new Map(rows.map(({ fact }) => [fact.attemptId, fact]))
}

/** jsonb keeps keys in an order of its own. */
function same(a: AttemptFact | undefined, b: AttemptFact): boolean {
  return a !== undefined && ordered(a) === ordered(b)
}
function ordered(value: unknown): string {
  return JSON.stringify(value, (_key, it: unknown) =>
    it && typeof it === 'object' && !Array.isArray(it) ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1))) : it,
  )
}

/** One at a time for a placement: two that fold into the same sums would lose one. */
export async function lockSums(tx: Tx, placementId: string): Promise<void> {
  await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 19))', [placementId])
}

/** Takes `olds` out of the sums of a placement and puts `news` in. */
export async function changeSums(tx: Tx, placementId: string, olds: readonly AttemptFact[], news: readonly AttemptFact[]): Promise<void> {
  const versions = [...new Set([...olds, ...news].map(({ versionId }) => versionId))]
  const sums = await sumsOf(tx, placementId, versions)
  const of = (versionId: string): Aggregate => {
    const known = sums.get(versionId) ?? emptyAggregate()
    sums.set(versionId, known)
    return known
  }
  for (const fact of olds) fold(of(fact.versionId), fact, -1)
  for (const fact of news) fold(of(fact.versionId), fact, 1)
  await query(
    tx,
    `insert into insight_sums (placement_id, version_id, sums, updated_at)
     select $1, v.id, v.sums, $4 from unnest($2::uuid[], $3::jsonb[]) as v (id, sums)
     on conflict (placement_id, version_id) do update set sums = excluded.sums, updated_at = excluded.updated_at`,
    [placementId, [...sums.keys()], [...sums.values()].map((it) => JSON.stringify(it)), now()],
    'insight-write-sums',
  )
}

async function sumsOf(tx: Tx, placementId: string, versions: readonly string[]): Promise<Map<string, Aggregate>> {
  const rows = await query<{ version_id: string; sums: Aggregate }>(
    tx,
    'select version_id, sums from insight_sums where placement_id = $1 and version_id = any($2::uuid[])',
    [placementId, versions],
    'insight-sums',
  )
  return new Map(rows.map(({ version_id, sums }) => [version_id, sums]))
}

async function writeFacts(tx: Tx, of: { institutionId: string; placementId: string }, facts: readonly AttemptFact[]): Promise<void> {
  await query(
    tx,
    `insert into insight_facts (attempt_id, institution_id, placement_id, person_id, version_id, fact, updated_at)
     select (f->>'attemptId')::uuid, $1, $2, (f->>'personId')::uuid, (f->>'versionId')::uuid, f, $4 from unnest($3::jsonb[]) as f
     on conflict (attempt_id) do update set fact = excluded.fact, version_id = excluded.version_id, updated_at = excluded.updated_at`,
    [of.institutionId, of.placementId, facts.map((it) => JSON.stringify(it)), now()],
    'insight-write-facts',
  )
}
