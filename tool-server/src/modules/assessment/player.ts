// All that the player needs for its first paint, in the launch page and as a call of its own.
import type { AttemptView, Caller, PlayerView } from '@cuepoint/contracts'
import { now, nowMs } from '../../kernel/clock.ts'
import { transaction } from '../../kernel/db.ts'
import { questionsOf, questionViewsOf, timeLimitOf, type Version, versionBehind } from '../content/index.ts'
import { placementOf } from '../identity/index.ts'
import { attemptShown } from './attempt-shown.ts'
import { attemptSummaryOf, resultViewOf } from './attempt-view.ts'
import { openOf, placementEmpty } from './attempts.ts'
import { attemptsLeft } from './counting.ts'
import { currentStandingOf } from './expiry.ts'
import { insertAttempt } from './opening.ts'
import { assertOwnPlacement, practises, records, teaches } from './permission.ts'
import { type Standing, standingOf } from './standing.ts'
import { datesOf, isOpen, settingsFor } from './terms.ts'
import { isVideo } from './video-length.ts'
import { videoFactsOf, videoLookOf } from './video-view.ts'

/** A placement that is known to be of the caller's course. */
export interface Pointed {
  id: string
  activityId: string | null
}

/** The player's view by its call: the placement is looked up in the caller's course first. */
export async function playerOf(caller: Caller, placementId: string): Promise<PlayerView> {
  assertOwnPlacement(caller, placementId)
  return playerViewFor(caller, await placementOf(caller, placementId))
}

/** The player's view; opens nothing. placement_empty, activity_not_found, activity_deleted, activity_unpublished. */
export async function playerViewFor(caller: Caller, placement: Pointed): Promise<PlayerView> {
  const { standing, version } = await seenFrom(caller, placement)
  return viewOf(caller, placement.id, standing, version)
}

/**
 * The player's view at a launch, from what the launch read already. Opens a learner's first attempt where nothing speaks against it (no
 * time limit, none made yet), so that the first question shows without another round trip. Warm: no statement of its own.
 * placement_empty, activity_not_found, activity_deleted, activity_unpublished.
 */
export async function openForLaunch(caller: Caller, placement: Pointed, read: Standing): Promise<PlayerView> {
  const { standing, version } = await seenFrom(caller, placement, read)
  const opens =
    caller.role === 'learner' && timeLimitOf(version.document) === null && standing.attempts.length === 0 && isOpen(standing.terms, nowMs())
  if (!opens || !records(caller)) return viewOf(caller, placement.id, standing, version)
  const opened = await transaction((tx) => insertAttempt(tx, caller, placement.id, version, standing.terms))
  const after = opened ? { ...standing, attempts: [opened] } : await standingOf(caller, placement.id, version.activityId)
  return viewOf(caller, placement.id, after, version)
}

async function seenFrom(caller: Caller, placement: Pointed, read?: Standing): Promise<{ standing: Standing; version: Version }> {
  if (placement.activityId === null) throw placementEmpty()
  const standing = await currentStandingOf(caller, placement.id, placement.activityId, read ? { read } : {})
  return { standing, version: await versionBehind(standing.pointer) }
}

async function viewOf(caller: Caller, placementId: string, standing: Standing, version: Version): Promise<PlayerView> {
  const { document, maxScore, title } = version
  const settings = settingsFor(document.settings, standing.terms)
  const { attemptsAllowed, counting, showAnswers } = settings
  const recorded = records(caller)
  const shown = recorded ? await openOf(standing) : null
  const looks = !recorded && caller.role === 'viewer'
  const current = shown ? await attemptShown(caller, shown) : looks ? await lookOf(caller, placementId, version) : null
  const open = isOpen(standing.terms, nowMs())
  const left = teaches(caller) || (open && attemptsLeft(standing.attempts, settings))
  // A Result outlives the activity it came from when a placement is pointed elsewhere: then it says nothing here.
  const result = standing.attempts.some((one) => one.state === 'submitted') ? standing.result : null
  return {
    placementId,
    activity: {
      id: version.activityId,
      kind: document.kind,
      title,
      intro: document.intro,
      questionCount: questionsOf(document).length,
      maxScore,
      attemptsAllowed,
      counting,
      showAnswers,
      timeLimitSeconds: timeLimitOf(document),
      video: isVideo(version) ? await videoFactsOf(caller, version) : null,
    },
    attempts: standing.attempts.map(attemptSummaryOf),
    current,
    result: result && resultViewOf(result),
    canStart: recorded && current === null && left,
    dates: datesOf(standing.terms, nowMs()),
    records: recorded,
    practice: practises(caller),
  }
}

/** What an anonymous launch sees (no `sub`): the questions, as an attempt that is nobody's and is never recorded. */
async function lookOf(caller: Caller, placementId: string, version: Version): Promise<AttemptView> {
  const at = now().toISOString()
  return {
    id: version.id,
    number: 1,
    state: 'open',
    title: version.title,
    intro: version.document.intro,
    questions: questionViewsOf(version.document, placementId),
    answers: [],
    savedAt: null,
    startedAt: at,
    deadlineAt: null,
    serverNow: at,
    maxScore: version.maxScore,
    outcome: null,
    video: isVideo(version) ? await videoLookOf(caller, version) : null,
  }
}
