// What the dashboard shows of a placement of the caller's course.
import type { ActivityDocument, Caller, LearnerInsight, PlacementInsight, WatchInsight } from '@cuepoint/contracts'
import { nowMs } from '../../../kernel/clock.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { notFound } from '../../../kernel/errors.ts'
import { type ClassRow, classFiguresOf, learnerStateOf, placementSettingsOf } from '../../assessment/index.ts'
import { placedActivityOf, publishedVersionOf, questionsOf, type Version, versionOf } from '../../content/index.ts'
import { type Naming, placementOf } from '../../identity/index.ts'
import { type Aggregate, emptyAggregate } from './aggregates.ts'
import { classInsightOf } from './class-insight.ts'
import { concernsOf } from './concerns.ts'
import { itemInsightsOf } from './item-insight.ts'
import { alphaOf, thirdsOf } from './item-statistics.ts'
import { withoutNames } from './naming.ts'

/** resource_not_found: no such placement here, nothing is behind it, or it has no such Version. */
export async function insightOf(caller: Caller, placementId: string, wanted: string, naming: Naming = 'names'): Promise<PlacementInsight> {
  const { id, title, takesScores, activityId } = await placementOf(caller, placementId)
  const activity = activityId === null ? null : await placedActivityOf(activityId, caller.courseId)
  if (!activity) throw notFound()
  const [latest, sums, rows, settings, watched] = await Promise.all([
    publishedVersionOf(activity.id, caller.courseId),
    sumsAt(id, activity.id),
    classFiguresOf(caller, id, activity.id),
    placementSettingsOf(caller, id),
    watchedShares(id),
  ])
  const { version, mine } = await chosen(wanted, sums, latest)
  const { document } = version
  const questions = questionsOf(document)
  const aggregate = mine?.sums ?? emptyAggregate()
  const thirds = thirdsOf(aggregate.totals)
  const evenly = new Set(questions.map(({ points }) => points)).size === 1
  const learners = rows.map((row) => learnerInsightOf(row, settings.dueAt, watched.get(row.personId) ?? null))
  const versions = sums.map((one) => ({ id: one.versionId, number: one.number, attempts: one.sums.submitted }))
  return {
    placementId: id,
    title: activity.title || title,
    kind: document.kind,
    maxScore: version.maxScore,
    dueAt: settings.dueAt,
    takesScores,
    version: { id: version.id, number: version.number, attempts: aggregate.submitted },
    versions,
    class: classInsightOf(rows, document.settings.passShare ?? null),
    items: itemInsightsOf(questions, aggregate, thirds),
    alpha: evenly ? alphaOf(aggregate) : null,
    thirds: thirds.sizes,
    watch: watchInsightOf(document, aggregate),
    learners: naming === 'names' ? learners : await withoutNames(caller, learners),
    naming,
    countedAt: mine?.updatedAt.toISOString() ?? null,
  }
}

interface Sums {
  versionId: string
  number: number
  sums: Aggregate
  updatedAt: Date
}

/** Of the activity that is placed now; the highest Version first. */
async function sumsAt(placementId: string, activityId: string): Promise<Sums[]> {
  return queryAlone<Sums & Record<string, unknown>>(
    `select s.version_id as "versionId", v.number, s.sums, s.updated_at as "updatedAt"
     from insight_sums s join versions v on v.id = s.version_id
     where s.placement_id = $1 and v.activity_id = $2 order by v.number desc`,
    [placementId, activityId],
    'insight-sums-at',
  )
}

async function chosen(wanted: string, sums: readonly Sums[], latest: Version): Promise<{ version: Version; mine: Sums | undefined }> {
  const mine = wanted === 'latest' ? (sums.find((it) => it.sums.submitted > 0) ?? sums[0]) : sums.find((it) => it.versionId === wanted)
  if (mine) return { version: await versionOf(mine.versionId), mine }
  if (wanted !== 'latest' && wanted !== latest.id) throw notFound()
  return { version: latest, mine: undefined }
}

/** The share that each learner (or this one) has watched, of their best attempt. */
export async function watchedShares(placementId: string, personId: string | null = null): Promise<Map<string, number>> {
  const rows = await queryAlone<{ person_id: string; share: number }>(
    `select f.person_id, max(least(1, (
       select coalesce(sum(upper(r) - lower(r)), 0) from unnest((
         select range_agg(numrange((s->>0)::numeric, (s->>1)::numeric)) from jsonb_array_elements((f.fact->'watch'->'played') || (f.fact->'watch'->'sent')) s
         where (s->>0)::numeric < (s->>1)::numeric)) r
     ) / nullif((f.fact->'watch'->>'lengthSeconds')::numeric, 0)))::float8 as share
     from insight_facts f where f.placement_id = $1 and jsonb_typeof(f.fact->'watch') = 'object'
       and ($2::uuid is null or f.person_id = $2) group by 1`,
    [placementId, personId],
    'insight-watched',
  )
  return new Map(rows.flatMap(({ person_id, share }) => (share === null ? [] : [[person_id, share]])))
}

function learnerInsightOf(row: ClassRow, dueAt: string | null, watchedShare: number | null): LearnerInsight {
  const { personId, name, attempts, share } = row
  return {
    ...{ personId, name, attempts, share, watchedShare },
    number: null,
    state: learnerStateOf(row),
    lastActiveAt: row.lastActiveAt?.toISOString() ?? null,
    concerns: concernsOf(row, { now: nowMs(), dueAt: dueAt === null ? null : Date.parse(dueAt), watchedShare }),
  }
}

function watchInsightOf(document: ActivityDocument, { watch }: Aggregate): WatchInsight | null {
  if (document.kind !== 'video' || !watch) return null
  const { attempts, completed, bucketSeconds, plays, viewers, sent, paused, backTo, leftAt } = watch
  return {
    assetId: document.assetId,
    durationSeconds: watch.lengthSeconds,
    ...{ attempts, completed, bucketSeconds, plays, viewers, sent, paused, backTo, leftAt },
    slowed: plays.map((_, at) => watch.slowed?.[at] ?? 0),
    speeds: Object.entries(watch.speeds)
      .map(([speed, tenths]) => ({ speed: Number(speed), seconds: Math.round(tenths / 10) }))
      .sort((a, b) => a.speed - b.speed),
    cues: document.cues.map(({ id, atSeconds, question }, at) => {
      const tries = watch.firstTries[id]
      return { questionId: question.id, atSeconds, number: at + 1, firstTries: tries?.n ?? 0, wrong: tries?.wrong ?? 0 }
    }),
  }
}
