// Usage and failures per institution: counted from the events, the ledger and the refusals of each day.
import type { ReportRow } from '@cuepoint/contracts'
import { now, nowMs } from '../../../kernel/clock.ts'
import { csvOf } from '../../../kernel/csv.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { institutionNames } from '../../identity/index.ts'
import { flushFlights } from '../flight/recorder.ts'

interface Told {
  institution_id: string
  name: string
  times: number
  people: number
}
const opened = 'identity.session.opened'
const submitted = 'assessment.attempt.submitted'
const accepted = 'gradebook.score.accepted'
const refused = 'gradebook.score.refused'

export async function reportOf(days: number): Promise<ReportRow[]> {
  await flushFlights()
  const since = new Date(nowMs() - days * 86_400_000)
  const [names, told, waiting, refusals] = await Promise.all([institutionNames(), toldSince(since), waitingNow(), refusalsSince(since)])
  const rowFor = (institution: ReportRow['institution']): ReportRow => {
    const id = institution?.id ?? null
    const times = (name: string) => told.find((it) => it.institution_id === id && it.name === name)?.times ?? 0
    return {
      institution,
      launches: times(opened),
      people: told.find((it) => it.institution_id === id && it.name === opened)?.people ?? 0,
      attempts: times(submitted),
      scores: { accepted: times(accepted), refused: times(refused), waiting: waiting.find((it) => it.institution_id === id)?.times ?? 0 },
      refusals: refusals.filter((it) => it.institution_id === id).map(({ reason, count }) => ({ reason, count })),
    }
  }
  const rows = [...names].map(([id, name]) => rowFor({ id, name }))
  const nobodys = rowFor(null)
  return nobodys.refusals.length > 0 ? [...rows, nobodys] : rows
}

function toldSince(since: Date): Promise<Told[]> {
  return queryAlone<Told & { [column: string]: unknown }>(
    `select institution_id, name, count(*)::int times, count(distinct person_id)::int people from events
     where occurred_at >= $1 and name = any ($2::text[]) group by institution_id, name`,
    [since, [opened, submitted, accepted, refused]],
  )
}

function waitingNow(): Promise<{ institution_id: string; times: number }[]> {
  return queryAlone(
    `select d.institution_id, count(*)::int times from score_ledger l join placement_services s on s.placement_id = l.placement_id
     join deployments d on d.id = s.deployment_id where l.state = 'waiting' and d.institution_id is not null group by 1`,
  )
}

/** A refusal before the deployment was known belongs to the institution of its platform, where that has only one. */
function refusalsSince(since: Date): Promise<{ institution_id: string | null; reason: string; count: number }[]> {
  return queryAlone(
    `select coalesce(d.institution_id, one.institution_id) institution_id, c.reason, sum(c.count)::int count from refusal_counts c
     left join deployments d on d.registration_id::text = c.registration_id and d.deployment_id = c.deployment_id
     left join lateral (select (array_agg(distinct o.institution_id))[1] institution_id from deployments o
       where o.registration_id::text = c.registration_id and o.institution_id is not null having count(distinct o.institution_id) = 1) one on true
     where c.day >= ($1::timestamptz at time zone 'utc')::date group by 1, 2 order by 3 desc, 2`,
    [since],
  )
}

const head = [
  'Institution',
  'Launches',
  'People',
  'Attempts handed in',
  'Scores accepted',
  'Scores refused',
  'Scores waiting now',
  'Refused launches',
  'Refused why',
]

export async function reportCsv(days: number): Promise<{ name: string; text: string }> {
  const rows = (await reportOf(days)).map(({ institution, launches, people, attempts, scores, refusals }) => [
    institution?.name ?? 'Not known whose',
    ...[launches, people, attempts, scores.accepted, scores.refused, scores.waiting, refusals.reduce((sum, it) => sum + it.count, 0)],
    refusals.map((it) => `${it.reason} ${it.count}`).join('; '),
  ])
  return { name: `cuepoint-${days}-days-${now().toISOString().slice(0, 10)}.csv`, text: csvOf([head, ...rows]) }
}
