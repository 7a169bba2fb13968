// What became of advice, for the instructor: each piece with its learner, and plain figures of what followed.
import type { AdviceCode, AdviceReport, AdviceRow, Caller } from '@cuepoint/contracts'
import { newId } from '../../kernel/clock.ts'
import { queryAlone } from '../../kernel/db.ts'
import { firstSharesSince } from '../assessment/index.ts'
import { activityTitlesOf, publishedVersionsOf, topicNamesOf } from '../content/index.ts'
import { type Naming, namesOf, placementOf, pseudonymsFor } from '../identity/index.ts'
import { type AdviceStored, columns, spanOf } from './advice-rows.ts'
import { reasonView, topicIdsOf } from './advice-view.ts'
import { effectsOf, type Measured } from './effects.ts'

const most = 500
/** Enough for the figures of a large course. */
const mostCounted = 20_000

/** Of a placement of the caller's course. */
export async function adviceReport(caller: Caller, placementId: string, naming: Naming): Promise<AdviceReport> {
  const { id, activityId } = await placementOf(caller, placementId)
  const rows = await queryAlone<AdviceStored>(
    `select ${columns} from recommendations r where r.placement_id = $1 and r.activity_id = $2 and r.institution_id = $3
     order by r.made_at desc, r.place, r.id limit $4`,
    [id, activityId, caller.institutionId, mostCounted],
    'advice-report',
  )
  const after = await scoresAfter(rows)
  const measured = rows.map((row, at): Measured => ({ ...row, code: row.reason.code, after: after[at] ?? null }))
  const latest = await rowsOf(
    caller,
    rows.slice(0, most).map((row, at) => ({ row, after: after[at] ?? null })),
  )
  return {
    rows: naming === 'names' ? latest : await withoutNames(caller, latest),
    more: rows.length > most,
    effects: effectsOf(measured),
    naming,
  }
}

/** In the order of the numbers, and with ids that are of this answer only: both would tell who is who. */
async function withoutNames(caller: Caller, rows: readonly AdviceRow[]): Promise<AdviceRow[]> {
  const known = await pseudonymsFor(
    caller,
    rows.map(({ personId }) => personId),
  )
  return rows
    .flatMap((row) => {
      const pseudonym = known.get(row.personId)
      return pseudonym ? [{ ...row, id: newId(), personId: pseudonym.id, name: '', number: pseudonym.number }] : []
    })
    .sort((a, b) => a.number - b.number)
}

const nextOnes: readonly AdviceCode[] = ['score-from', 'chosen-topics', 'chosen-next']

/** Since it was followed, else since it was shown: here, or of what leads on, at the activity that it names. */
async function scoresAfter(rows: readonly AdviceStored[]): Promise<(number | null)[]> {
  return firstSharesSince(
    rows.map(({ courseId, personId, activityId, targetId, reason, followedAt, shownAt, madeAt }) => ({
      courseId,
      personId,
      activityId: nextOnes.includes(reason.code) ? targetId : activityId,
      since: followedAt ?? shownAt ?? madeAt,
    })),
  )
}

async function rowsOf(caller: Caller, rows: readonly { row: AdviceStored; after: number | null }[]): Promise<AdviceRow[]> {
  const targets = [...new Set(rows.map(({ row }) => row.targetId))]
  const stored = rows.map(({ row }) => row)
  const [people, titles, versions, topics] = await Promise.all([
    namesOf(caller.institutionId, [...new Set(stored.map(({ personId }) => personId))]),
    activityTitlesOf(targets),
    publishedVersionsOf(caller.courseId, targets),
    topicNamesOf(caller.institutionId, topicIdsOf(stored)),
  ])
  return rows.flatMap(({ row, after }) => {
    const reason = reasonView(row.reason, topics)
    const version = versions.get(row.targetId)
    if (!reason) return []
    const time = (at: Date | null) => at?.toISOString() ?? null
    return [
      {
        ...{ id: row.id, personId: row.personId, name: people.get(row.personId) ?? '', number: null, reason },
        target: {
          activityId: row.targetId,
          title: version?.title ?? titles.get(row.targetId) ?? '',
          kind: version?.document.kind ?? 'quiz',
          span: spanOf(row),
        },
        madeAt: row.madeAt.toISOString(),
        shownAt: time(row.shownAt),
        followedAt: time(row.followedAt),
        dismissedAt: time(row.dismissedAt),
        over: row.overAt !== null,
        ...{ before: row.share, after },
      },
    ]
  })
}
