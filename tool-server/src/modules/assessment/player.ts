// All that the player needs for its first paint, in the launch page and as a call of its own.
import type { Caller, PlayerView } from '@cuepoint/contracts'
import type { Tx } from '../../kernel/db.ts'
import { type Version, versionBehind } from '../content/index.ts'
import { placementOf } from '../identity/index.ts'
import { attemptSummaryOf, resultViewOf } from './attempt-view.ts'
import { openViewOf, placementEmpty } from './attempts.ts'
import { attemptsLeft } from './counting.ts'
import { currentStandingOf } from './expiry.ts'
import { insertAttempt } from './opening.ts'
import { assertOwnPlacement, records } from './permission.ts'
import { type Standing, standingOf } from './standing.ts'

/** A placement that is known to be of the caller's course. */
export interface Pointed {
  id: string
  activityId: string | null
}

/** What the player's view is made of. */
interface Seen {
  placementId: string
  standing: Standing
  version: Version
}

/** The player's view by its call: the placement is looked up in the caller's course first. */
export async function playerOf(caller: Caller, placementId: string): Promise<PlayerView> {
  assertOwnPlacement(caller, placementId)
  return playerViewFor(caller, await placementOf(caller, placementId))
}

/** The player's view; opens nothing. placement_empty, activity_not_found, activity_deleted, activity_unpublished. */
export async function playerViewFor(caller: Caller, placement: Pointed, tx?: Tx): Promise<PlayerView> {
  const { standing, version } = await seenFrom(caller, placement, tx)
  return viewOf(caller, placement.id, standing, version, tx)
}

/** The reading half of a launch: one statement when warm. placement_empty, activity_not_found, activity_deleted, activity_unpublished. */
export function seenAtLaunch(tx: Tx, caller: Caller, placement: Pointed): Promise<Seen> {
  return seenFrom(caller, placement, tx)
}

/**
 * The player's view at a launch, from what was seen. Opens a learner's first attempt where nothing speaks against it (no time limit, none made yet),
 * so that the first question shows without another round trip. Two statements and the event where it opens one, else none.
 */
export async function openForLaunch(tx: Tx, caller: Caller, { placementId, standing, version }: Seen): Promise<PlayerView> {
  const { timeLimitSeconds } = version.document.settings
  const opens = caller.role === 'learner' && records(caller) && timeLimitSeconds === null && standing.attempts.length === 0
  if (!opens) return viewOf(caller, placementId, standing, version, tx)
  const opened = await insertAttempt(tx, caller, placementId, version)
  const after = opened ? { ...standing, attempts: [opened] } : await standingOf(caller, placementId, version.activityId, tx)
  return viewOf(caller, placementId, after, version, tx)
}

async function seenFrom(caller: Caller, placement: Pointed, tx: Tx | undefined): Promise<Seen> {
  if (placement.activityId === null) throw placementEmpty()
  const standing = await currentStandingOf(caller, placement.id, placement.activityId, tx)
  return { placementId: placement.id, standing, version: await versionBehind(standing.pointer, tx) }
}

async function viewOf(caller: Caller, placementId: string, standing: Standing, version: Version, tx: Tx | undefined): Promise<PlayerView> {
  const { document, maxScore, title } = version
  const { attemptsAllowed, counting, showAnswers, timeLimitSeconds } = document.settings
  const recorded = records(caller)
  const current = recorded ? await openViewOf(standing, tx) : null
  const left = caller.role === 'instructor' || attemptsLeft(standing.attempts, document.settings)
  // A Result outlives the activity it came from when a placement is pointed elsewhere: then it says nothing here.
  const result = standing.attempts.some((one) => one.state === 'submitted') ? standing.result : null
  return {
    placementId,
    activity: {
      id: version.activityId,
      kind: document.kind,
      title,
      intro: document.intro,
      questionCount: document.questions.length,
      maxScore,
      attemptsAllowed,
      counting,
      showAnswers,
      timeLimitSeconds,
    },
    attempts: standing.attempts.map(attemptSummaryOf),
    current,
    result: result && resultViewOf(result),
    canStart: recorded && current === null && left,
    records: recorded,
  }
}
