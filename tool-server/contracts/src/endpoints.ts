// All endpoints in one list: the server checks that each is implemented, the client is typed by it.
import * as activity from './activity.ts'
import * as advice from './advice.ts'
import * as attempt from './attempt.ts'
import * as copies from './course-copy.ts'
import * as doctor from './doctor.ts'
import * as flight from './flight.ts'
import * as gradebook from './gradebook.ts'
import * as insight from './insight.ts'
import * as launch from './launch.ts'
import * as lrs from './lrs.ts'
import * as media from './media.ts'
import * as operations from './operations.ts'
import * as operator from './operator.ts'
import { tellEvents } from './player-events.ts'
import * as privacy from './privacy.ts'
import * as registrations from './registrations.ts'
import * as report from './report.ts'
import * as roster from './roster.ts'
import { getSession } from './session.ts'
import { listStatements, readStatements } from './statements.ts'
import * as studio from './studio.ts'
import * as hand from './teachers-hand.ts'
import * as tryOut from './try-out.ts'
import * as video from './video.ts'

export const endpoints = {
  getSession,
  getLaunch: launch.getLaunch,
  resumeLaunch: launch.resumeLaunch,
  returnDeepLinks: launch.returnDeepLinks,
  choosePlacementActivity: launch.choosePlacementActivity,
  listActivities: activity.listActivities,
  listSamples: activity.listSamples,
  createActivity: activity.createActivity,
  getActivity: activity.getActivity,
  saveDraft: activity.saveDraft,
  publishActivity: activity.publishActivity,
  deleteActivity: activity.deleteActivity,
  listTopics: activity.listTopics,
  createTopic: activity.createTopic,
  renameTopic: activity.renameTopic,
  deleteTopic: activity.deleteTopic,
  getPlayer: attempt.getPlayer,
  openAttempt: attempt.openAttempt,
  getAttempt: attempt.getAttempt,
  saveAnswers: attempt.saveAnswers,
  submitAttempt: attempt.submitAttempt,
  reportWatching: video.reportWatching,
  checkCue: video.checkCue,
  showTryOut: tryOut.showTryOut,
  checkTryOut: tryOut.checkTryOut,
  getOverview: attempt.getOverview,
  askForNames: attempt.askForNames,
  getInsight: insight.getInsight,
  getLearnerStory: insight.getLearnerStory,
  getStoryCsv: insight.getStoryCsv,
  getInsightCsv: insight.getInsightCsv,
  getAdvice: advice.getAdvice,
  noteAdviceShown: advice.noteAdviceShown,
  dismissAdvice: advice.dismissAdvice,
  followAdvice: advice.followAdvice,
  getMyActivities: advice.getMyActivities,
  getAdvicePlan: advice.getAdvicePlan,
  saveAdvicePlan: advice.saveAdvicePlan,
  getAdviceReport: advice.getAdviceReport,
  getAdviceCsv: advice.getAdviceCsv,
  signInOperator: operator.signInOperator,
  getOperator: operator.getOperator,
  signOutOperator: operator.signOutOperator,
  refreshRoster: roster.refreshRoster,
  getRosterCsv: roster.getRosterCsv,
  listDeliveries: operations.listDeliveries,
  resendDeliveries: operations.resendDeliveries,
  discardDeliveries: operations.discardDeliveries,
  listFlights: flight.listFlights,
  findFlights: flight.findFlights,
  listPlatformHealth: doctor.listPlatformHealth,
  tryPlatform: doctor.tryPlatform,
  getReport: report.getReport,
  getReportCsv: report.getReportCsv,
  returnDeepLinkProblem: studio.returnDeepLinkProblem,
  listPlacedActivities: studio.listPlacedActivities,
  listOtherCourses: studio.listOtherCourses,
  copyFromCourse: studio.copyFromCourse,
  getLearnerPage: hand.getLearnerPage,
  overrideScore: hand.overrideScore,
  removeOverride: hand.removeOverride,
  changeAllowance: hand.changeAllowance,
  getPlacementSettings: hand.getPlacementSettings,
  changePlacementSettings: hand.changePlacementSettings,
  getPlacementOrigin: copies.getPlacementOrigin,
  settlePlacementOrigin: copies.settlePlacementOrigin,
  takeBackShare: copies.takeBackShare,
  resendScores: gradebook.resendScores,
  resendMyScore: gradebook.resendMyScore,
  listMissingScores: gradebook.listMissingScores,
  getRegistrationDesk: registrations.getRegistrationDesk,
  addRegistrationLink: registrations.addRegistrationLink,
  dropRegistrationLink: registrations.dropRegistrationLink,
  decideRegistration: registrations.decideRegistration,
  decideDeployment: registrations.decideDeployment,
  decideDeploymentOrigin: registrations.decideDeploymentOrigin,
  rotateToolKey: registrations.rotateToolKey,
  showFormula: activity.showFormula,
  listAssets: media.listAssets,
  getAsset: media.getAsset,
  cancelAsset: media.cancelAsset,
  retryAsset: media.retryAsset,
  deleteAsset: media.deleteAsset,
  getPlayback: media.getPlayback,
  getInlineMedia: media.getInlineMedia,
  listCaptions: media.listCaptions,
  addCaption: media.addCaption,
  saveCaption: media.saveCaption,
  deleteCaption: media.deleteCaption,
  getLrsDesk: lrs.getLrsDesk,
  saveLrs: lrs.saveLrs,
  tryLrs: lrs.tryLrs,
  switchLrs: lrs.switchLrs,
  removeLrs: lrs.removeLrs,
  resendToLrs: lrs.resendToLrs,
  tellEvents,
  readStatements,
  listStatements,
  getPrivacyDesk: privacy.getPrivacyDesk,
  savePrivacy: privacy.savePrivacy,
  previewRetention: privacy.previewRetention,
  listPrivacyDeeds: privacy.listPrivacyDeeds,
  findPeople: privacy.findPeople,
  erasePerson: privacy.erasePerson,
  listLooks: privacy.listLooks,
  getLooksCsv: privacy.getLooksCsv,
} as const
export type Endpoints = typeof endpoints
