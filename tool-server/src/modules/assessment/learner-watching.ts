// How a learner's attempts at a video were watched, as an instructor sees it: what counts, and what was reported and did not.
import type { LearnerWatching } from '@cuepoint/contracts'
import { versionOf } from '../content/index.ts'
import type { Attempt } from './assessment.models.ts'
import { isVideo, lengthOf } from './video-length.ts'
import { watchOutcomeOf } from './video-view.ts'
import { watchedOf } from './watching.ts'
import { watchingsOf, watchNotesOf } from './watching-rows.ts'

/** By attempt id; attempts at a quiz have none. */
export async function learnerWatchingOf(attempts: readonly Attempt[]): Promise<Map<string, LearnerWatching>> {
  const found = new Map<string, LearnerWatching>()
  const [first] = attempts
  if (!first || !isVideo(await versionOf(first.versionId))) return found
  const ids = attempts.map(({ id }) => id)
  const [watchings, notes] = await Promise.all([watchingsOf(ids), watchNotesOf(ids)])
  for (const { id, versionId, institutionId } of attempts) {
    const version = await versionOf(versionId)
    if (!isVideo(version)) continue
    const watching = watchings.get(id)
    const { score, maxScore } = watchOutcomeOf(version, watching)
    const { watched = [], watchedShare = 0, creditedSeconds = 0 } = watching ? watchedOf(watching) : {}
    const durationSeconds = watching?.lengthSeconds ?? (await lengthOf(institutionId, version))
    const refused = { refused: watching?.refused ?? 0, notes: notes.get(id) ?? [] }
    found.set(id, { durationSeconds, watched, watchedShare, creditedSeconds, score, maxScore, ...refused })
  }
  return found
}
