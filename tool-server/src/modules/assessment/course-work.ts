// All of one person's work in a course, placement by placement: what stands, what went wrong as far as they may know it, what was watched.
import type { LearnerState, PlayerView, Result, Stretch } from '@cuepoint/contracts'
import { nowMs } from '../../kernel/clock.ts'
import { queryAlone } from '../../kernel/db.ts'
import { questionsOf, type Version, versionOf } from '../content/index.ts'
import { type Attempt, AttemptRow, ResultRow, type StoredResult } from './assessment.models.ts'
import { resultViewOf } from './attempt-view.ts'
import { mayShowAnswers } from './counting.ts'
import { stateAmong } from './learner-state.ts'
import { unionOf } from './stretches.ts'
import { datesOf, isOpen, settingsFor, type Terms, termsFrom, termsSql } from './terms.ts'
import { isVideo, lengthOf } from './video-length.ts'
import { type StoredWatching, watchingsOf } from './watching-rows.ts'

export interface Whose {
  institutionId: string
  personId: string
}

/** A placement with what is behind it now. */
export interface Placed {
  placementId: string
  version: Version
}

export interface Mark {
  questionId: string
  topicIds: readonly string[]
  /** Of its points. */
  share: number
}

export interface Work {
  placementId: string
  attempts: number
  open: boolean
  state: LearnerState
  /** The last that was handed in. */
  last: { attemptId: string; submittedAt: Date } | null
  /** What counts; null = nothing handed in. */
  result: Result | null
  share: number | null
  /** Of the last one; null where the learner may not see now what was right. */
  marks: readonly Mark[] | null
  /** Of a video: in all attempts together, and in the last that was handed in. */
  watch: { lengthSeconds: number; watched: Stretch[]; last: Stretch[] } | null
  dates: PlayerView['dates']
  takesAttempts: boolean
}

/** In the order of `placed`. The placements must be known to be of a course of theirs; tries of teachers are nobody's work. */
export async function workOf({ institutionId, personId }: Whose, placed: readonly Placed[]): Promise<Work[]> {
  const placementId = placed.map((it) => it.placementId)
  const [attempts, results, terms] = await Promise.all([
    AttemptRow.findAll({ where: { institutionId, placementId, personId, practice: false }, order: [['number', 'ASC']] }),
    ResultRow.findAll({ where: { institutionId, placementId, personId } }),
    termsAt(placementId, personId),
  ])
  const watchings = await watchingsOf(attempts.map(({ id }) => id))
  return Promise.all(
    placed.map((it) => {
      const own = attempts.filter((one) => one.placementId === it.placementId && one.activityId === it.version.activityId)
      const result = results.find((one) => one.placementId === it.placementId) ?? null
      return oneWork(it, institutionId, own, result, terms.get(it.placementId) ?? termsFrom(null), watchings)
    }),
  )
}

async function oneWork(
  { placementId, version }: Placed,
  institutionId: string,
  attempts: readonly Attempt[],
  stored: StoredResult | null,
  terms: Terms,
  watchings: ReadonlyMap<string, StoredWatching>,
): Promise<Work> {
  const last = attempts.findLast(({ state }) => state === 'submitted')
  const result = last ? stored : null
  const shown = mayShowAnswers(attempts, settingsFor(version.document.settings, terms))
  return {
    placementId,
    attempts: attempts.length,
    open: attempts.some(({ state }) => state === 'open'),
    state: stateAmong(attempts),
    last: last?.submittedAt ? { attemptId: last.id, submittedAt: last.submittedAt } : null,
    result: result && resultViewOf(result),
    share: result && result.maxScore > 0 ? result.score / result.maxScore : null,
    marks: last && shown ? await marksOf(last) : null,
    watch: isVideo(version) ? watchOf(await lengthOf(institutionId, version), attempts, last, watchings) : null,
    dates: datesOf(terms, nowMs()),
    takesAttempts: isOpen(terms, nowMs()),
  }
}

async function marksOf({ versionId, graded }: Attempt): Promise<Mark[]> {
  const scores = new Map(graded?.map(({ questionId, score }) => [questionId, score]))
  return questionsOf((await versionOf(versionId)).document).flatMap(({ id, points, topicIds }) =>
    points > 0 ? [{ questionId: id, topicIds, share: (scores.get(id) ?? 0) / points }] : [],
  )
}

function watchOf(
  lengthSeconds: number,
  attempts: readonly Attempt[],
  last: Attempt | undefined,
  watchings: ReadonlyMap<string, StoredWatching>,
): Work['watch'] {
  if (lengthSeconds <= 0) return null
  const of = (some: readonly Attempt[]) =>
    unionOf(
      some.flatMap(({ id }) => watchings.get(id)?.watched ?? []),
      lengthSeconds,
    )
  return { lengthSeconds, watched: of(attempts), last: of(last ? [last] : []) }
}

async function termsAt(placementIds: readonly string[], personId: string): Promise<Map<string, Terms>> {
  const rows = await queryAlone<{ id: string; terms: Parameters<typeof termsFrom>[0] }>(
    `select p.id, ${termsSql('p.id', '$2::uuid')} as terms from unnest($1::uuid[]) as p (id)`,
    [placementIds, personId],
    'assessment-terms-at',
  )
  return new Map(rows.map(({ id, terms }) => [id, termsFrom(terms)]))
}

/** How long the video of an activity is; null where it has none, or nothing is known of it. */
export async function videoSecondsOf(institutionId: string, version: Version): Promise<number | null> {
  return (isVideo(version) && (await lengthOf(institutionId, version))) || null
}
