// The door of identity: institutions, people, courses, memberships, placements, sessions. It does not know that an LMS exists.

import { now } from '../../kernel/clock.ts'
import { queryAlone } from '../../kernel/db.ts'
import { defineModule, schedule } from '../../kernel/module.ts'
import { identityPeople } from './about-people.ts'
import { identityModels } from './identity.models.ts'
import { identityRoutes } from './identity.routes.ts'
import { dropOldOperators } from './operators.ts'
import { dropOldMarks } from './privacy/erased-marks.ts'
import { dropOldLooks } from './privacy/looks.ts'

export { keepGroups, keepGroupsOf, type ToldGroup } from './course-groups.ts'
export { type CoursePlacement, firstOpened, placementsIn } from './course-placements.ts'
export { type Entered, type Entry, enter } from './entry.ts'
export { institutionNames } from './institutions.ts'
export { type CourseLearner, groupsOf, learnersOf, rosterSheetOf, type SheetPerson } from './learners.ts'
export { learningFactsOf } from './learning-facts.ts'
export { adminLink, firstAdminLink, forgetSignIns, operatorOf } from './operators.ts'
export { learnerOf, markReview, namesOf, personByExternalId } from './people.ts'
export {
  claimPlacementRead,
  forgetPlacementRoster,
  keepPlacementRoster,
  membersOfPlacement,
  restrictedPlacementsOf,
} from './placement-roster.ts'
export { addInstitution, noteTakesScores, placementOf, pointPlacement, teaches, unpointPlacement } from './placements.ts'
export { eventsOfPerson } from './privacy/events-of.ts'
export { findPeople, personOf } from './privacy/finding.ts'
export { noteLook, noteOperatorLook } from './privacy/looks.ts'
export { askForNames, assertNames, namesHere } from './privacy/names-asked.ts'
export { behindPseudonym, type Naming, namingFor, pseudonymsFor } from './privacy/pseudonyms.ts'
export { keepPrivacySettings, namesAreWithheld, privacySettings, usualPrivacy } from './privacy/settings.ts'
export { bury } from './privacy/tombstone.ts'
export { claimRosterRead, keepRoster, keepRosterFailure, type RosterPerson, rosterOf } from './roster.ts'
export { callerBehind, callerOf, forgetSessions, placementOfSession, renewToken, sessionOf } from './sessions.ts'
export { coursesTaughtBy, placementsOfActivities } from './teaching.ts'

export const identityModule = defineModule({
  name: 'identity',
  personal: identityPeople,
  models: identityModels,
  routes: identityRoutes,
  schedules: [
    schedule({
      name: 'identity.drop-expired-sessions',
      everySeconds: 3600,
      // Kept for a day after their end: a page that is still open then gets "expired" and not "unknown".
      run: async () => {
        await queryAlone('delete from sessions where expires_at < $1', [new Date(now().getTime() - 86_400_000)])
      },
    }),
    schedule({ name: 'identity.drop-old-operators', everySeconds: 3600, run: dropOldOperators }),
    schedule({ name: 'identity.drop-old-looks', everySeconds: 86_400, run: dropOldLooks }),
    schedule({ name: 'identity.drop-old-marks', everySeconds: 86_400, run: dropOldMarks }),
  ],
})
