// The calls of the player and of the instructor's view.
import {
  askForNames as askForNamesCall,
  changeAllowance as changeAllowanceCall,
  changePlacementSettings as changePlacementSettingsCall,
  deleteAsset as deleteAssetCall,
  getAttempt,
  getLearnerPage,
  getOverview,
  getPlacementSettings,
  getPlayer,
  getRosterCsv,
  listPlacedActivities,
  openAttempt as openAttemptCall,
  overrideScore as overrideScoreCall,
  removeOverride as removeOverrideCall,
  saveAnswers as saveAnswersCall,
  submitAttempt as submitAttemptCall,
  tellEvents,
} from '@cuepoint/contracts'
import { implement } from '../../kernel/http/implement.ts'
import { askForNames, assertNames, noteLook, placementOf } from '../identity/index.ts'
import { changeAllowance } from './allow.ts'
import { saveAnswers } from './answers.ts'
import { deleteUnusedAsset } from './asset-use.ts'
import { attemptOf, openAttempt } from './attempts.ts'
import { learnerPageOf } from './learner-page.ts'
import { liveAttemptRoute } from './live-attempt.routes.ts'
import { overrideScore, removeOverride } from './override-score.ts'
import { overviewShown } from './overview-shown.ts'
import { placedActivitiesOf } from './placed.ts'
import { changePlacementSettings, placementSettingsOf } from './placement-settings.ts'
import { playerOf } from './player.ts'
import { keepPlayerEvents } from './player-events.ts'
import { rosterCsvOf } from './roster-csv.ts'
import { submitAttempt } from './submit.ts'
import { videoRoutes } from './video.routes.ts'

export const assessmentRoutes = [
  implement(getPlayer, ({ caller, params }) => playerOf(caller, params.placementId)),
  implement(openAttemptCall, ({ caller, params }) => openAttempt(caller, params.placementId)),
  implement(getAttempt, ({ caller, params }) => attemptOf(caller, params.attemptId)),
  implement(saveAnswersCall, ({ caller, params, body }) => saveAnswers(caller, params.attemptId, body.answers)),
  implement(submitAttemptCall, ({ caller, params, body }) => submitAttempt(caller, params.attemptId, body.key, body.answers)),
  implement(tellEvents, ({ caller, params, body, request }) =>
    keepPlayerEvents(caller, params.attemptId, body, request.headers['user-agent']),
  ),
  implement(getRosterCsv, async ({ caller, params: { placementId } }) => {
    await assertNames(caller, null)
    const csv = await rosterCsvOf(caller, placementId)
    await noteLook(caller, { what: 'roster-csv', personId: null, placementId })
    return csv
  }),
  implement(listPlacedActivities, async ({ caller }) => ({ placed: await placedActivitiesOf(caller) })),
  implement(getOverview, ({ caller, params }) => overviewShown(caller, params.placementId)),
  implement(askForNamesCall, async ({ caller, params }) => {
    const { id } = await placementOf(caller, params.placementId)
    await askForNames(caller, id)
    return { ok: true as const }
  }),
  implement(getLearnerPage, async ({ caller, params: { placementId, personId } }) => {
    await assertNames(caller, personId)
    const page = await learnerPageOf(caller, placementId, personId)
    await noteLook(caller, { what: 'learner-page', personId: page.person.id, placementId: page.placementId })
    return page
  }),
  implement(overrideScoreCall, async ({ caller, params, body }) => {
    await assertNames(caller, params.personId)
    return overrideScore(caller, params.placementId, params.personId, body)
  }),
  implement(removeOverrideCall, async ({ caller, params }) => {
    await assertNames(caller, params.personId)
    return removeOverride(caller, params.placementId, params.personId)
  }),
  implement(changeAllowanceCall, async ({ caller, params, body }) => {
    await assertNames(caller, params.personId)
    return changeAllowance(caller, params.placementId, params.personId, body)
  }),
  implement(getPlacementSettings, ({ caller, params }) => placementSettingsOf(caller, params.placementId)),
  implement(changePlacementSettingsCall, ({ caller, params, body }) => changePlacementSettings(caller, params.placementId, body)),
  implement(deleteAssetCall, async ({ caller, params }) => {
    await deleteUnusedAsset(caller, params.assetId)
    return { ok: true as const }
  }),
  ...videoRoutes,
  liveAttemptRoute,
]
