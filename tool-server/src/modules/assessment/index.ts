// The door of assessment: attempts, answers, grades and Results.
import { defineModule } from '../../kernel/module.ts'
import { assessmentPeople } from './about-people.ts'
import { assessmentListeners, assessmentSchedules } from './assessment.listeners.ts'
import { assessmentModels } from './assessment.models.ts'
import { assessmentRoutes } from './assessment.routes.ts'

export { saveAnswers } from './answers.ts'
export { openAttempt } from './attempts.ts'
export { begunPlacements, firstSharesSince, lastHandedIn, peopleWhoHandedIn } from './begun.ts'
export { type ClassRow, classFiguresOf } from './class-figures.ts'
export { videoSecondsOf, type Work, workOf } from './course-work.ts'
export { checkCue } from './cues.ts'
export { gradeQuestion, keyOf } from './graders/index.ts'
export { givenNumber } from './graders/number.ts'
export { learnerPageOf } from './learner-page.ts'
export { learnerStateOf } from './learner-state.ts'
export { overviewFor } from './overview.ts'
export { overviewShown } from './overview-shown.ts'
export { teaches } from './permission.ts'
export { placementSettingsOf } from './placement-settings.ts'
export { openForLaunch, playerViewFor } from './player.ts'
export { keepPlayerEvents } from './player-events.ts'
export { attemptForReview } from './review.ts'
export { type Standing, standingOf } from './standing.ts'
export { submitAttempt } from './submit.ts'
export { holdResults, keepSync, type SyncMark } from './sync.ts'
export { reportWatching } from './watching.ts'

export const assessmentModule = defineModule({
  name: 'assessment',
  personal: assessmentPeople,
  models: assessmentModels,
  routes: assessmentRoutes,
  listeners: assessmentListeners,
  schedules: assessmentSchedules,
})
