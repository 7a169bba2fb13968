// The calls of the player and of the instructor's view.
import {
  getAttempt,
  getOverview,
  getPlayer,
  getRosterCsv,
  listPlacedActivities,
  openAttempt as openAttemptCall,
  saveAnswers as saveAnswersCall,
  submitAttempt as submitAttemptCall,
} from '@cuepoint/contracts'
import { implement } from '../../kernel/http/implement.ts'
import { saveAnswers } from './answers.ts'
import { attemptOf, openAttempt } from './attempts.ts'
import { overviewFor } from './overview.ts'
import { placedActivitiesOf } from './placed.ts'
import { playerOf } from './player.ts'
import { rosterCsvOf } from './roster-csv.ts'
import { submitAttempt } from './submit.ts'

export const assessmentRoutes = [
  implement(getPlayer, ({ caller, params }) => playerOf(caller, params.placementId)),
  implement(openAttemptCall, ({ caller, params }) => openAttempt(caller, params.placementId)),
  implement(getAttempt, ({ caller, params }) => attemptOf(caller, params.attemptId)),
  implement(saveAnswersCall, ({ caller, params, body }) => saveAnswers(caller, params.attemptId, body.answers)),
  implement(submitAttemptCall, ({ caller, params, body }) => submitAttempt(caller, params.attemptId, body.key, body.answers)),
  implement(getRosterCsv, ({ caller, params }) => rosterCsvOf(caller, params.placementId)),
  implement(listPlacedActivities, async ({ caller }) => ({ placed: await placedActivitiesOf(caller) })),
  implement(getOverview, ({ caller, params }) => overviewFor(caller, params.placementId)),
]
